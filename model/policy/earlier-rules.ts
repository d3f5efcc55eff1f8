import type { AddressRange } from '../site/address-range.js';
import { canonical } from '../site/host-name.js';
import type { CompiledRule } from './compiled.js';

/** A rule and its position, from 0. */
interface Placed {
  rule: CompiledRule;
  index: number;
}

/**
 * The rules before one, by what they are about, so that among thousands only those are looked at that
 * can be about the same: of names those of the same domain or one above it, of addresses those in the
 * same block of 65,536.
 */
export class EarlierRules {
  readonly #byPlace = new Map<string, Placed[]>();
  /** About too much to be found by a place. */
  readonly #wide: Placed[] = [];

  add(rule: CompiledRule, index: number): void {
    const place = placeOf(rule);
    const list = place === undefined ? this.#wide : (this.#byPlace.get(place) ?? []);
    list.push({ rule, index });
    if (place !== undefined) this.#byPlace.set(place, list);
  }

  /** Those that may be about all that a rule is about, in their order. */
  about(rule: CompiledRule): Placed[] {
    const near = placesAbove(rule).flatMap((place) => this.#byPlace.get(place) ?? []);
    return [...near, ...this.#wide].sort((a, b) => a.index - b.index);
  }
}

/** Where a rule is found; undefined: everywhere. */
function placeOf({ kind, destination, ranges }: CompiledRule): string | undefined {
  if (kind.by === 'name') return kind.domain(canonical(destination.text));
  const [first] = ranges;
  return ranges.length === 1 && first ? blockOf(first) : undefined;
}

/** The places where something is found that is about all that this rule is about. */
function placesAbove({ kind, destination, ranges }: CompiledRule): string[] {
  if (kind.by !== 'name') return ranges.slice(0, 1).flatMap((range) => blockOf(range) ?? []);
  const [name = ''] = kind.samples(canonical(destination.text));
  const labels = name.split('.');
  return labels.map((_, from) => labels.slice(from).join('.'));
}

/** The first half of the addresses of IPv4, a quarter of IPv6; undefined for a range of several. */
function blockOf({ first, last }: AddressRange): string | undefined {
  const [from, to] = [first, last].map((bytes) => bytes.slice(0, bytes.length === 4 ? 2 : 4).join('.'));
  return from === to ? from : undefined;
}
