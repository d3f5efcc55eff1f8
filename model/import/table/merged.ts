/**
 * Cells that are merged over several rows are written in one of them: spreadsheets write them in the first,
 * what is copied from pages in the middle, or in the last. Of each row the values that it may have by any of
 * these ways that the whole table leaves possible; of a row that has one, that.
 */
export function sharedValues<T>(told: readonly (T | undefined)[]): T[][] {
  const at = told.flatMap((one, index) => (one === undefined ? [] : [index]));
  if (at.length === 0) return told.map(() => []);
  // How many empty rows are before the first value, between two, and behind the last.
  const gaps = [-1, ...at].map((one, index) => (at[index] ?? told.length) - one - 1);
  const splits = splitsOf(gaps);
  return told.map((own, index) => {
    if (own !== undefined) return [own];
    const next = at.findIndex((one) => one > index);
    const gap = next < 0 ? at.length : next;
    const place = index - (gap === 0 ? -1 : (at[gap - 1] ?? 0)) - 1;
    const [above, below] = [told[at[gap - 1] ?? -1], told[at[gap] ?? -1]];
    const ways = splits[gap] ?? [];
    return [
      ...(above !== undefined && ways.some((split) => place < split) ? [above] : []),
      ...(below !== undefined && ways.some((split) => place >= split) ? [below] : []),
    ];
  });
}

/** Of each gap how many of its rows may be of the value above it: all, none, or as centred cells leave them. */
function splitsOf(gaps: readonly number[]): number[][] {
  const last = gaps.length - 1;
  const [first = 0, behind = 0] = [gaps[0], gaps[last]];
  const ways = gaps.map((): number[] => []);
  if (first === 0) for (const [index, gap] of gaps.entries()) ways[index]?.push(gap);
  if (behind === 0) for (const own of ways) own.push(0);
  for (const [index, own] of centred(gaps).entries()) ways[index]?.push(...own);
  // By no way: cells were left out, and nobody knows.
  const isNone = ways.every((own) => own.length === 0);
  return isNone ? gaps.map((gap) => Array.from({ length: gap + 1 }, (_, split) => split)) : ways;
}

/** Where a value stands in the middle of its rows, as many are above it as below, or one more or less. */
function centred(gaps: readonly number[]): number[][] {
  const last = gaps.length - 1;
  const near = (all: readonly number[]) => [...new Set(all.flatMap((one) => [one - 1, one, one + 1]))];
  const [firsts, lasts] = [[0], [gaps[last] ?? 0]];
  const fromAbove: number[][] = [firsts];
  for (let index = 1; index <= last; index++) {
    const before = (fromAbove[index - 1] ?? []).map((split) => (gaps[index - 1] ?? 0) - split);
    const own = near(before).filter((one) => one >= 0 && one <= (gaps[index] ?? 0));
    fromAbove.push(index === last ? own.filter((one) => lasts.includes(one)) : own);
  }
  // And back, so that of each gap only that is left by which all of them can be.
  for (let index = last - 1; index > 0; index--) {
    const wanted = new Set(near(fromAbove[index + 1] ?? []));
    fromAbove[index] = (fromAbove[index] ?? []).filter((split) => wanted.has((gaps[index] ?? 0) - split));
  }
  return (fromAbove[last] ?? []).length === 0 ? gaps.map(() => []) : fromAbove;
}
