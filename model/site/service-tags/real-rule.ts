import type { Environment } from '../../requirements/documented-host.js';
import { rangeOf } from '../address-range.js';
import { meantBy } from '../match/index.js';
import { type Rule, ruleActions } from '../rule-schema.js';
import type { CloudPlace } from './cloud-places.js';
import { commonOf, firstWhere, type Intervals, sizeOf, unionOf, without } from './intervals.js';
import { listOfDay } from './list-of-day.js';
import { intervalOf, type PublishedList } from './published-list.js';
import { isEverything, isRealNetwork } from './real-range.js';
import { type Home, homesOf } from './stand-ins.js';
import { mayBeIn } from './tag-by-name.js';

/** What a rule about real addresses is about. */
export interface RealRule {
  /** As it is compared: a tag that only the list knows is one. */
  match: 'service-tag' | 'address';
  addresses: Intervals;
  list: PublishedList;
  /** Whether hosts of a place can be there that no tag has for certain. */
  mayHave: (place: CloudPlace) => boolean;
}

/** Reads rules as the lists have them. */
export class RealRules {
  /** Tags of documented hosts. */
  readonly homes: readonly Home[];
  readonly #newest: PublishedList;
  /** Ranges of documented hosts' tags, each as the list has it. */
  readonly #published: Intervals;
  /** What belongs to Azure alone, and to no network that delivers content. */
  readonly #azure: Intervals;

  /** @throws WrongListError */
  constructor(
    private readonly lists: readonly PublishedList[],
    newest: PublishedList,
    environment: Environment,
  ) {
    this.#newest = newest;
    this.homes = homesOf(newest, environment);
    this.#published = this.homes
      .flatMap(({ tag }) => newest.prefixesOf(tag))
      .sort(([one], [other]) => one - other);
    const content = newest.names.filter((name) => name.startsWith('AzureFrontDoor.'));
    this.#azure = without(
      newest.addressesOf('AzureCloud') ?? [],
      unionOf(content.flatMap((name) => newest.addressesOf(name) ?? [])),
    );
  }

  /** Undefined: the rule is about names, about everything, or about somebody's own addresses. */
  read(rule: Rule): RealRule | undefined {
    const text = ruleActions.map((action) => rule[action]).find((one) => one !== undefined) ?? '';
    const list = listOfDay(this.lists, rule['as-of']) ?? this.#newest;
    const match = rule.match ?? (isWrittenAsTag(text) && list.has(text) ? 'service-tag' : meantBy(text));
    if (match === 'service-tag')
      return {
        ...{ match, list },
        addresses: list.addressesOf(text) ?? [],
        mayHave: (place) => mayBeIn(text, place),
      };
    return match === 'address' ? this.#network(text, list) : undefined;
  }

  #network(text: string, list: PublishedList): RealRule | undefined {
    const range = rangeOf(text);
    const interval = intervalOf(text);
    if (!range || !interval || isEverything(range)) return undefined;
    const [first, last] = interval;
    if (isRealNetwork(range)) {
      const isAzures = sizeOf(commonOf([interval], this.#azure)) === last - first + 1;
      const mayHave = ({ perhaps }: CloudPlace) => !isAzures || (perhaps?.includes('AzureCloud') ?? true);
      return { match: 'address', addresses: [interval], list, mayHave };
    }
    // Less than a network is somebody's servers, but for what the list itself has so.
    const addresses = unionOf(this.#prefixesIn(first, last));
    return addresses.length === 0 ? undefined : { match: 'address', addresses, list, mayHave: () => false };
  }

  #prefixesIn(first: number, last: number): Intervals {
    // Some of them lie in others, so that only their beginnings are in order.
    const begin = firstWhere(this.#published.length, (at) => (this.#published[at]?.[0] ?? 0) >= first);
    const found: (readonly [number, number])[] = [];
    for (let at = begin; (this.#published[at]?.[0] ?? Number.POSITIVE_INFINITY) <= last; at++) {
      const prefix = this.#published[at];
      if (prefix && prefix[1] <= last) found.push(prefix);
    }
    return found;
  }
}

/** A capital at the beginning, which no host of a rule has. */
function isWrittenAsTag(text: string): boolean {
  return /^[A-Z][\w.]+$/.test(text);
}
