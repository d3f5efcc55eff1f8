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
  const [a0, b0] = [firstReaching(one, other[0]?.[0] ?? 0), firstReaching(other, one[0]?.[0] ?? 0)];
  for (let a = a0, b = b0; a < one.length && b < other.length; ) {
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

/** Position of the first part that ends at an address or after it. */
function firstReaching(set: Intervals, address: number): number {
  return firstWhere(set.length, (at) => (set[at]?.[1] ?? 0) >= address);
}

/** The first position, of so many, from which on something is true; the number of them where it never is. */
export function firstWhere(count: number, isTrue: (position: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isTrue(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
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
