import { edgeRuleLists } from '../edge-firewalls.js';
import { entryText } from '../host-entry.js';
import { meantBy } from '../match/index.js';
import type { Placed } from '../placed.js';
import { destinationsOf, type Rule, writtenRuleSchema } from '../rule-schema.js';
import { each, valuesAt } from '../values-at.js';
import { listOfDay } from './list-of-day.js';
import { type PublishedList, WrongListError } from './published-list.js';
import { looksLikeServiceTag, unknownTag } from './tag-names.js';

/** Rules of a site, as it is written, that name what its lists do not have: a tag, or a day. */
export function wrongTags(site: unknown, lists: readonly PublishedList[]): Placed[] {
  const rules = [
    ...[...edgeRuleLists, ['servers', each, 'host-firewall', 'rules']].flatMap((list) =>
      valuesAt(site, [...list, each]),
    ),
  ];
  return rules.flatMap(({ value, path }) => {
    const { data: rule } = writtenRuleSchema.safeParse(value);
    if (!rule) return [];
    const { action, entries } = destinationsOf(rule);
    return entries.flatMap((entry, index) => {
      const own = typeof entry === 'string' ? rule.match : entry.match;
      const at = Array.isArray(rule[action]) ? [...path, action, index] : [...path, action];
      return wrongTag(entryText(entry), own, rule['as-of'], lists).map(({ key, message }) => ({
        path: key === undefined ? at : key === 'as-of' ? [...path, key] : [key],
        message,
      }));
    });
  });
}

interface Wrong {
  /** The key of the rule or site that is wrong; absent: the destination is. */
  key?: 'as-of' | 'service-tags';
  message: string;
}

function wrongTag(
  text: string,
  match: Rule['match'],
  day: string | undefined,
  lists: readonly PublishedList[],
): Wrong[] {
  const isTag = match
    ? match === 'service-tag'
    : meantBy(text) === 'service-tag' || looksLikeServiceTag(text);
  if (!isTag) return [];
  const list = listOfDay(lists, day);
  if (!list) return [{ key: 'as-of', message: noList(day ?? '', lists) }];
  if (!list.has(text))
    return [{ message: `${unknownTag(text, ['any', 'documented'], list.names)} (${list.title})` }];
  try {
    list.addressesOf(text);
    return [];
  } catch (error) {
    if (!(error instanceof WrongListError)) throw error;
    return [{ key: 'service-tags', message: error.message }];
  }
}

function noList(day: string, lists: readonly PublishedList[]): string {
  const dates = lists.flatMap(({ date }) => date ?? []).sort();
  if (dates.length === 0) return 'the lists have no dates; write service-tags: { file, date }';
  return `no list is of ${day} or before; the oldest is of ${dates[0]}: name an older one in service-tags`;
}
