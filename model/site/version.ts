/** Compares dotted versions number by number; missing parts count as 0. */
export function isAtLeast(version: string, needed: string): boolean {
  const [have, want] = [version, needed].map((text) => text.split('.').map(Number));
  for (let index = 0; index < Math.max(have?.length ?? 0, want?.length ?? 0); index++) {
    const difference = (have?.[index] ?? 0) - (want?.[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
