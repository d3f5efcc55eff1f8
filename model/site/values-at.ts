type Path = readonly PropertyKey[];

/** Stands in a path for every entry of a list or mapping. */
export const each = Symbol('each');

/** What stands at a path of anything that was read, each with its own path; what is not there is passed over. */
export function valuesAt(
  value: unknown,
  [step, ...rest]: Path,
  path: Path = [],
): { value: unknown; path: Path }[] {
  if (step === undefined) return value === undefined ? [] : [{ value, path }];
  if (value === null || typeof value !== 'object') return [];
  const keys = step === each ? Object.keys(value) : [step];
  return keys.flatMap((key) => {
    const inner = (value as Record<PropertyKey, unknown>)[key];
    return valuesAt(inner, rest, [...path, Array.isArray(value) ? Number(key) : key]);
  });
}
