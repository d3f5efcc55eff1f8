export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text or a number; empty: there is none. */
export function textAt(value: Record<string, unknown>, name: string): string {
  const found = value[name];
  return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
}
