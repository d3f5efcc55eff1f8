const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const;

/** Milliseconds as people say them, in at most two units: `180 d`, `2 h 30 min`, `12.8 s`, `161 ms`. */
export function inWords(ms: number): string {
  const size = Math.abs(ms);
  if (ms === 0) return '0 s';
  if (size < 1000) return `${Math.round(ms)} ms`;
  if (size < 60_000) return `${Math.round(ms / 100) / 10} s`;
  const sign = ms < 0 ? '-' : '';
  let rest = Math.round(size / 1000) * 1000;
  const parts: string[] = [];
  for (const [unit, length] of units) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return sign + parts.slice(0, 2).join(' ');
}
