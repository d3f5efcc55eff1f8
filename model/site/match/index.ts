import { address } from './address.js';
import { any } from './any.js';
import { domain } from './domain.js';
import { endsWith } from './ends-with.js';
import { exact } from './exact.js';
import type { MatchKind, NameKind } from './match-kind.js';
import { oneLabel } from './one-label.js';
import { serviceTag } from './service-tag.js';
import { suffix } from './suffix.js';
import { wildcard } from './wildcard.js';

/** Every kind of match, by its name in a site file; one that is meant is the first that says so. */
const kinds = {
  any,
  address,
  'service-tag': serviceTag,
  wildcard,
  suffix,
  domain,
  exact,
  'one-label': oneLabel,
  'ends-with': endsWith,
} as const satisfies Record<string, MatchKind>;

export type MatchName = keyof typeof kinds;
export const matchNames = Object.keys(kinds) as MatchName[];

/** Those that are about names. */
export type NameMatch = {
  [Name in MatchName]: (typeof kinds)[Name] extends NameKind ? Name : never;
}[MatchName];
export const nameMatches = matchNames.filter((name): name is NameMatch => kinds[name].by === 'name');

/** Everything about a kind of match. */
export function matchKind(name: MatchName): MatchKind {
  return kinds[name];
}

/** What a destination means when its rule does not say. */
export function meantBy(destination: string): MatchName {
  return matchNames.find((name) => kinds[name].isMeant(destination)) ?? 'exact';
}
