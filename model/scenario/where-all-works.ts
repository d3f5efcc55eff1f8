import { type Expectation, isLook, type Look, lookOf } from './expectation.js';

/**
 * Control and restore are the positive controls of what the change phase takes away: all operations
 * work, users reach the application, the portal is green. What the scenario says of them comes first.
 */
export function whereAllWorks(
  expectations: readonly Expectation[],
  own: readonly Expectation[],
): Expectation[] {
  const said = new Set(own.filter(isLook).map(subjectOf));
  const positive = expectations.filter(isLook).flatMap((look): Expectation[] => {
    if (said.has(subjectOf(look))) return [];
    return [lookOf(look).whereAllWorks?.(look) ?? []].flat();
  });
  return [...own, ...positive];
}

/** Expectations that the same step lets be seen are about the same thing. */
function subjectOf(look: Look): string {
  return `${look.kind} ${JSON.stringify(lookOf(look).step?.(look))}`;
}
