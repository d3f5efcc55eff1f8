import type { AddressRange } from '../site/address-range.js';

/** Something of a list, and its position from 0. */
export interface Placed<T> {
  entry: T;
  index: number;
}

/**
 * Where an entry is found: for each thing that it is about the places of which one is enough, since
 * everything that it fits is found at all of them. Undefined: everywhere.
 */
export type Places = readonly (readonly string[])[] | undefined;

/** So few entries are looked at one after the other in less time than the places of a name are worked out. */
const few = 24;

/**
 * The entries of a list by what they are about, so that among thousands only those are looked at that
 * can be about the same: of names those of the same domain or one above it, or with the same letters in
 * them, of addresses those in the same block. A place that says too much costs time, one that is missing
 * loses the entry.
 */
export class ByPlace<T> {
  readonly #byPlace = new Map<string, Placed<T>[]>();
  /** About too much to be found by a place. */
  readonly #wide: Placed<T>[] = [];
  #hasLetters = false;

  constructor(list: readonly T[], placesOf: (entry: T) => Places) {
    const all = list.map(list.length > few ? placesOf : () => undefined);
    const counts = countsOf(all);
    for (const [index, entry] of list.entries()) {
      const places = all[index];
      const placed = { entry, index };
      if (places === undefined) this.#wide.push(placed);
      for (const place of new Set(places?.map((some) => rarest(some, counts)))) this.#add(placed, place);
    }
  }

  #add(placed: Placed<T>, place: string): void {
    if (place.startsWith(lettersMark)) this.#hasLetters = true;
    const list = this.#byPlace.get(place);
    if (list) list.push(placed);
    else this.#byPlace.set(place, [placed]);
  }

  /**
   * The first in the list, before the position `end`, of those at any of the places that fit. The places
   * are asked for when needed, those of letters only where some entry has one.
   */
  first(
    places: (letters: boolean) => readonly string[],
    fits: (entry: T) => boolean,
    end = Number.POSITIVE_INFINITY,
  ): Placed<T> | undefined {
    let first = firstBefore(this.#wide, end, fits);
    if (this.#byPlace.size === 0) return first;
    for (const place of places(this.#hasLetters)) {
      const list = this.#byPlace.get(place);
      if (list) first = firstBefore(list, first?.index ?? end, fits) ?? first;
    }
    return first;
  }
}

function countsOf(all: readonly Places[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const places of all)
    for (const some of places ?? [])
      for (const place of some) counts.set(place, (counts.get(place) ?? 0) + 1);
  return counts;
}

/** That with the fewest entries. */
function rarest([first = '', ...others]: readonly string[], counts: ReadonlyMap<string, number>): string {
  const count = (place: string) => counts.get(place) ?? 0;
  return others.reduce((best, place) => (count(place) < count(best) ? place : best), first);
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

/** No domain begins so. */
const lettersMark = '~';
/** Letters of a place, at most. */
const mostLetters = 3;

/** Places of all names in which a text stands. */
export function placesOfText(text: string): string[] {
  const length = Math.min(text.length, mostLetters);
  return length === 0 ? [] : [...new Set(lettersOf(text, length))];
}

/** The places at which entries are found that can be about a name; `letters`: those of texts in it, too. */
export function placesOfName(name: string, letters: boolean): readonly string[] {
  if (!letters) return domainsOf(name);
  const known = namesWithLetters.get(name) ?? [...domainsOf(name), ...placesInName(name)];
  if (namesWithLetters.size >= mostNames) namesWithLetters.clear();
  namesWithLetters.set(name, known);
  return known;
}

/** The same few names are asked about by every server and account, at every list. */
const namesWithLetters = new Map<string, readonly string[]>();
const mostNames = 1000;

/** Every {@link placesOfText} of texts that stand in a name. */
function placesInName(name: string): string[] {
  const lengths = Array.from({ length: mostLetters }, (_, index) => index + 1);
  return [...new Set(lengths.flatMap((length) => lettersOf(name, length)))];
}

function lettersOf(text: string, length: number): string[] {
  return Array.from(
    { length: Math.max(0, text.length - length + 1) },
    (_, at) => `${lettersMark}${text.slice(at, at + length)}`,
  );
}

/** The blocks in which an address or a range lies, the smallest first; none for a range of several. */
export function blocksOf(range: AddressRange): string[] {
  const [small, large] = range.first.length === 4 ? [3, 2] : [8, 4];
  return [blockOf(range, small), blockOf(range, large)].filter((block) => block !== undefined);
}

/** A network of IPv4 reaches into so many large blocks, at most, to be found by them. */
const mostBlocks = 64;

/** The blocks at which a range is found, and those by which a narrower one finds it; undefined: too many. */
export function blocksAcross(range: AddressRange): string[] | undefined {
  const [block] = blocksOf(range);
  if (block !== undefined) return [block];
  const [from, to] = [range.first, range.last].map(([a = 0, b = 0]) => a * 256 + b);
  if (range.first.length !== 4 || from === undefined || to === undefined || to - from >= mostBlocks)
    return undefined;
  return Array.from({ length: to - from + 1 }, (_, at) => `${(from + at) >> 8}.${(from + at) & 255}.`);
}

function blockOf({ first, last }: AddressRange, size: number): string | undefined {
  let block = '';
  for (let at = 0; at < size; at++) {
    if (first[at] !== last[at]) return undefined;
    block += `${first[at]}.`;
  }
  return block;
}
