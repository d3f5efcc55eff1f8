/** Sets of IPv4 addresses as numbers: sorted, apart, each from its first to its last address. */
export type Intervals = readonly (readonly [first: number, last: number])[];

/** The set of all that is in any of these, in whatever order. */
export function unionOf(parts: Intervals): Intervals {
  const sorted = [...parts].sort(([a], [b]) => a - b);
  const union: [number, number][] = [];
  for (const [first, last] of sorted) {
    const before = union.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else union.push([first, last]);
  }
  return union;
}

/** What is in both. */
export function commonOf(one: Intervals, other: Intervals): Intervals {
  const common: [number, number][] = [];
  for (let a = 0, b = 0; a < one.length && b < other.length; ) {
    const [[from = 0, to = 0] = [], [start = 0, end = 0] = []] = [one[a], other[b]];
    if (Math.max(from, start) <= Math.min(to, end)) common.push([Math.max(from, start), Math.min(to, end)]);
    if (to < end) a++;
    else b++;
  }
  return common;
}

/** What is in the first alone. */
export function without(one: Intervals, other: Intervals): Intervals {
  const rest: [number, number][] = [];
  let at = 0;
  for (const [first, last] of one) {
    let from = first;
    while (at < other.length && (other[at]?.[1] ?? 0) < from) at++;
    for (let next = at; next < other.length && (other[next]?.[0] ?? 0) <= last; next++) {
      const [start = 0, end = 0] = other[next] ?? [];
      if (start > from) rest.push([from, start - 1]);
      from = Math.max(from, end + 1);
    }
    if (from <= last) rest.push([from, last]);
  }
  return rest;
}

export function sizeOf(set: Intervals): number {
  return set.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

export function has(set: Intervals, address: number): boolean {
  let [low, high] = [0, set.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first = 0, last = 0] = set[middle] ?? [];
    if (address < first) high = middle - 1;
    else if (address > last) low = middle + 1;
    else return true;
  }
  return false;
}

/** The address before which a share of the set lies, from 0 to below 1. */
export function addressAt(set: Intervals, share: number): number {
  let left = Math.floor(share * sizeOf(set));
  for (const [first, last] of set) {
    if (left <= last - first) return first + left;
    left -= last - first + 1;
  }
  throw new RangeError('no address of an empty set');
}
