import type { AddressRange } from '../site/address-range.js';

/** Something of a list, and its position from 0. */
export interface Placed<T> {
  entry: T;
  index: number;
}

/**
 * The entries of a list by what they are about, so that among thousands only those are looked at that
 * can be about the same: of names those of the same domain or one above it, of addresses those in the
 * same block. A place that says too much costs time, one that is missing loses the entry.
 */
export class ByPlace<T> {
  readonly #byPlace = new Map<string, Placed<T>[]>();
  /** About too much to be found by a place. */
  readonly #wide: Placed<T>[] = [];

  /** In the order of positions. `places`: where it is found; undefined: everywhere. */
  add(entry: T, index: number, places: readonly string[] | undefined): void {
    const placed = { entry, index };
    if (places === undefined) this.#wide.push(placed);
    for (const place of new Set(places)) {
      const list = this.#byPlace.get(place);
      if (list) list.push(placed);
      else this.#byPlace.set(place, [placed]);
    }
  }

  /** The first in the list of those at any of the places that fit. The places are asked for when needed. */
  first(places: () => readonly string[], fits: (entry: T) => boolean): Placed<T> | undefined {
    let first = firstBefore(this.#wide, Number.POSITIVE_INFINITY, fits);
    if (this.#byPlace.size === 0) return first;
    for (const place of places()) {
      const list = this.#byPlace.get(place);
      if (list) first = firstBefore(list, first?.index ?? Number.POSITIVE_INFINITY, fits) ?? first;
    }
    return first;
  }
}

function firstBefore<T>(
  list: readonly Placed<T>[],
  end: number,
  fits: (entry: T) => boolean,
): Placed<T> | undefined {
  for (const placed of list) {
    if (placed.index >= end) return undefined;
    if (fits(placed.entry)) return placed;
  }
  return undefined;
}

/** A name, and every domain above it. */
export function domainsOf(name: string): string[] {
  const domains = [name];
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1))
    domains.push(name.slice(dot + 1));
  return domains;
}

/** The blocks in which an address or a range lies, the smallest first; none for a range of several. */
export function blocksOf(range: AddressRange): string[] {
  const [small, large] = range.first.length === 4 ? [3, 2] : [8, 4];
  return [blockOf(range, small), blockOf(range, large)].filter((block) => block !== undefined);
}

function blockOf({ first, last }: AddressRange, size: number): string | undefined {
  let block = '';
  for (let at = 0; at < size; at++) {
    if (first[at] !== last[at]) return undefined;
    block += `${first[at]}.`;
  }
  return block;
}
