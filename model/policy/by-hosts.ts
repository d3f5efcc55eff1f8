import type { HostEntry } from '../site/host-entry.js';
import { canonical } from '../site/host-name.js';
import { ByPlace, type Placed, placesOfName } from './by-place.js';
import { entryMatcher, placesOfEntry } from './match-host.js';
import { remembered } from './remembered.js';

/** An entry whose hosts are read once. */
interface Read<T> {
  entry: T;
  hosts: readonly HostEntry[] | undefined;
  covers(host: string): boolean;
}

/** The entries of a list by the hosts that they are about; without any, about all. */
export class ByHosts<T> {
  readonly #byPlace: ByPlace<Read<T>>;

  constructor(list: readonly T[], hostsOf: (entry: T) => readonly HostEntry[] | undefined) {
    const read = list.map((entry): Read<T> => {
      const hosts = hostsOf(entry);
      const matchers = hosts?.map(entryMatcher);
      const covers = (host: string) => matchers?.some((matches) => matches(host)) ?? true;
      return { entry, covers, hosts };
    });
    this.#byPlace = new ByPlace(read, ({ hosts }) => {
      const places = hosts?.map(placesOfEntry);
      return places?.every((one) => one !== undefined) ? places : undefined;
    });
  }

  /** The first in the list that is about a host and fits. */
  first(host: string, fits: (entry: T) => boolean): Placed<T> | undefined {
    const found = this.#byPlace.first(
      (letters) => placesOfName(canonical(host), letters),
      ({ entry, covers }) => fits(entry) && covers(host),
    );
    return found && { entry: found.entry.entry, index: found.index };
  }
}

const lists = new WeakMap<readonly unknown[], ByHosts<unknown>>();

/** The first entry of a list that covers a host, where each is about one host; undefined: none does. */
export function firstCovering<T>(
  list: readonly T[],
  host: string,
  entryOf: (entry: T) => HostEntry,
): T | undefined {
  const byHosts = remembered(lists, list, () => new ByHosts<unknown>(list, (one) => [entryOf(one as T)]));
  return byHosts.first(host, () => true)?.entry as T | undefined;
}
