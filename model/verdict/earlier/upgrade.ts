/** How what one version of a format wrote becomes what the next one writes. */
export interface Upgrade {
  /** The names of both, as files hold them. */
  from: string;
  to: string;
  /** Nothing is made up: what the earlier version did not write stays away. */
  upgrade(value: Readonly<Record<string, unknown>>): Record<string, unknown>;
}

/** A value whose `schema` names an earlier version, in the form of the latest that `upgrades` lead to; else itself. */
export function upgraded(value: unknown, upgrades: readonly Upgrade[]): unknown {
  let current = value;
  for (;;) {
    if (!isRecord(current)) return current;
    const { schema } = current;
    const next = upgrades.find(({ from }) => from === schema);
    if (!next) return current;
    current = { ...next.upgrade(current), schema: next.to };
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
