/** Units of time of a site file, the longest first. Milliseconds. */
export const timeUnits = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;
const units = Object.entries(timeUnits);

export const durationPattern = new RegExp(`^(\\d+(?:\\.\\d+)?)(${units.map(([unit]) => unit).join('|')})$`);

/** `40ms`, `4m`, `10d` → milliseconds; undefined for anything else. */
export function durationOf(text: string): number | undefined {
  const [, amount, name] = durationPattern.exec(text) ?? [];
  const [, size] = units.find(([unit]) => unit === name) ?? [];
  return size === undefined ? undefined : Number(amount) * size;
}

/** Milliseconds as a site file writes them: `4m`, `30s`, `250ms`. */
export function durationText(ms: number): string {
  const [unit, size] = units.find(([, one]) => ms >= one && ms % one === 0) ?? ['ms', 1];
  return `${ms / size}${unit}`;
}
