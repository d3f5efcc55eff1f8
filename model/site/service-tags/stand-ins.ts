import type { Environment } from '../../requirements/documented-host.js';
import { type CloudPlace, cloudPlaces } from './cloud-places.js';
import { addressAt, commonOf, type Intervals, sizeOf, unionOf, without } from './intervals.js';
import type { PublishedList } from './published-list.js';

/** An address of the lab and the real one that it stands for. */
export interface StandIn {
  /** By the place's tag, whose addresses all have the same chance to be stood for. */
  tag: string;
  /** First three numbers of the lab's address, and the last. */
  network: string;
  at: number;
  real: number;
}

/** A tag of documented hosts, as the list has it. */
export interface Home {
  tag: string;
  addresses: Intervals;
}

/** Splitting addresses further than this says nothing that hosts of a lab could show. */
const mostParts = 64;

/** Tags of documented hosts that the list has; where it lacks one of a region, the whole service's. */
export function homesOf(list: PublishedList, environment: Environment): Home[] {
  const tags = new Set(placesOfCloud().flatMap((place) => homeTag(place, list, environment) ?? []));
  return [...tags].map((tag) => ({ tag, addresses: homeAddresses(tag, list) }));
}

/** Documented services with a tag of their own, whose ranges are in those of `AzureCloud` as well. */
const ownTags = ['ServiceBus', 'AzureActiveDirectory', 'AzureResourceManager'];

/** Where hosts of a tag can be: of `AzureCloud`, where no other of the documented services has its own ranges. */
function homeAddresses(tag: string, list: PublishedList): Intervals {
  const all = list.addressesOf(tag) ?? [];
  if (!tag.startsWith('AzureCloud')) return all;
  const others = unionOf(ownTags.flatMap((name) => list.addressesOf(name) ?? []));
  const rest = without(all, others);
  return rest.length > 0 ? rest : all;
}

export function placesOfCloud(): CloudPlace[] {
  return Object.values(cloudPlaces);
}

/** The tag in which the hosts of a place are; undefined: the list does not say. */
export function homeTag(
  { tag }: CloudPlace,
  list: PublishedList,
  environment: Environment,
): string | undefined {
  const name = tag?.[environment];
  if (name === undefined) return undefined;
  return [name, name.split('.')[0] ?? ''].find((one) => (list.addressesOf(one) ?? []).length > 0);
}

/**
 * For every address of the lab's cloud one of the real ones, so that what `parts` tell apart is met: the
 * hosts of a place have its addresses in order, and the first ones stand for different parts. After that
 * each part has as many as its size is worth.
 */
export function standIns(
  list: PublishedList,
  environment: Environment,
  parts: readonly Intervals[],
): StandIn[] {
  const found: StandIn[] = [];
  const known = new Map<string, Intervals[]>();
  for (const place of placesOfCloud()) {
    const tag = homeTag(place, list, environment);
    if (tag === undefined) continue;
    const split = known.get(tag) ?? splitBy(homeAddresses(tag, list), parts);
    known.set(tag, split);
    const bytes = place.first.split('.');
    const [first, last] = [Number(bytes[3]), Number(place.last.split('.')[3])];
    for (const [index, real] of spread(split, last - first + 1).entries())
      found.push({ tag, network: bytes.slice(0, 3).join('.'), at: first + index, real });
  }
  return found;
}

/** What is left of a set by no part first, then the larger before the smaller: the second is what nothing covers. */
function splitBy(home: Intervals, parts: readonly Intervals[]): Intervals[] {
  let rest: Intervals = home;
  let split: Intervals[] = [];
  for (const part of parts) {
    if (split.length >= mostParts) break;
    const inside = commonOf(part, home);
    if (inside.length === 0) continue;
    split = [
      ...split.flatMap((one) => [commonOf(one, inside), without(one, inside)]),
      commonOf(rest, inside),
    ].filter((one) => one.length > 0);
    rest = without(rest, inside);
  }
  split.sort((one, other) => sizeOf(other) - sizeOf(one));
  if (rest.length === 0) return split;
  const isLargest = sizeOf(rest) >= sizeOf(split[0] ?? []);
  return isLargest ? [rest, ...split] : [...split.slice(0, 1), rest, ...split.slice(1)];
}

/** So many addresses: of each part one, and then always of the part that has too few for its size. */
function spread(parts: readonly Intervals[], count: number): number[] {
  const sizes = parts.map(sizeOf);
  const order: number[] = [];
  const taken = parts.map(() => 0);
  for (let index = 0; index < count; index++) {
    const next = index < parts.length ? index : mostOwed(sizes, taken);
    order.push(next);
    taken[next] = (taken[next] ?? 0) + 1;
  }
  const used = parts.map(() => 0);
  return order.map((part) => {
    const nth = used[part] ?? 0;
    used[part] = nth + 1;
    return addressAt(parts[part] ?? [], (nth + 0.5) / (taken[part] ?? 1));
  });
}

/** As seats of a parliament are given out (Sainte-Laguë). */
function mostOwed(sizes: readonly number[], taken: readonly number[]): number {
  const owed = sizes.map((size, part) => size / (2 * (taken[part] ?? 0) + 1));
  return owed.indexOf(Math.max(...owed));
}
