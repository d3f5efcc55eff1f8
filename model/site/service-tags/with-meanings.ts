import { edgeFirewalls } from '../edge-firewalls.js';
import { type Rule, ruleActions } from '../rule-schema.js';
import type { Site } from '../schema.js';
import type { CloudPlace } from './cloud-places.js';
import { commonOf, firstWhere, type Intervals, sizeOf, unionOf } from './intervals.js';
import { listOfDay } from './list-of-day.js';
import type { PublishedList } from './published-list.js';
import type { RealMeaning } from './real-meaning.js';
import { type RealRule, RealRules } from './real-rule.js';
import { type Home, homeTag, placesOfCloud, type StandIn, standIns } from './stand-ins.js';

/**
 * The site with what its rules about real addresses mean at the lab's, as published lists say: every
 * address of the lab's cloud stands for a real one of the tag in which its host is. The newest list says
 * where hosts are today; a rule with a date has the ranges of its day.
 */
export function withMeanings(site: Site, lists: readonly PublishedList[]): Site {
  const newest = listOfDay(lists);
  if (!newest) return site;
  const { environment } = site.cloud;
  const reader = new RealRules(lists, newest, environment);
  const read = (rules: readonly Rule[]) => rules.map((rule) => ({ rule, real: reader.read(rule) }));
  const edges = edgeFirewalls(site).map((one) => read(one.rules));
  const hosts = site.servers.map((server) => read(server['host-firewall'].rules));
  const stand = standIns(newest, environment, [...edges, ...hosts].flatMap(partsOf));
  const homeless = placesOfCloud().filter((place) => homeTag(place, newest, environment) === undefined);
  const translated = (rules: readonly ReadRule[]) => meanings(rules, stand, reader.homes, homeless);
  return {
    ...site,
    ...(site.firewalls
      ? { firewalls: site.firewalls.map((one, at) => ({ ...one, rules: translated(edges[at] ?? []) })) }
      : { firewall: { ...site.firewall, rules: translated(edges[0] ?? []) } }),
    servers: site.servers.map((server, index) => ({
      ...server,
      'host-firewall': { ...server['host-firewall'], rules: translated(hosts[index] ?? []) },
    })),
  };
}

interface ReadRule {
  rule: Rule;
  real: RealRule | undefined;
}

/** What the rules of a list tell apart: neighbours that do the same to the same connections are one. */
function partsOf(rules: readonly ReadRule[]): Intervals[] {
  const parts: { key: string; addresses: Intervals[] }[] = [];
  for (const { rule, real } of rules) {
    if (!real) {
      parts.push({ key: '', addresses: [] });
      continue;
    }
    const { name: _name, match: _match, 'as-of': _asOf, ...conditions } = rule;
    const action = ruleActions.find((one) => rule[one] !== undefined) ?? 'deny';
    const key = JSON.stringify({ ...conditions, [action]: '' });
    const before = parts.at(-1);
    if (before?.key === key) before.addresses.push(real.addresses);
    else parts.push({ key, addresses: [real.addresses] });
  }
  return parts.flatMap(({ addresses }) => (addresses.length > 0 ? [unionOf(addresses.flat())] : []));
}

function meanings(
  rules: readonly ReadRule[],
  stand: readonly StandIn[],
  homes: readonly Home[],
  homeless: readonly CloudPlace[],
): Rule[] {
  const opened = unionOf(
    rules.flatMap(({ rule, real }) => (real && rule.allow !== undefined ? real.addresses : [])),
  );
  const shareOf = (addresses: Intervals) =>
    Object.fromEntries(
      homes.flatMap(({ tag, addresses: home }) => {
        const common = sizeOf(commonOf(addresses, home));
        return common > 0 ? [[tag, common / sizeOf(home)] as const] : [];
      }),
    );
  const none = Object.fromEntries(homes.map(({ tag }) => [tag, 0]));
  const together = { ...none, ...shareOf(opened) };
  const standing = new Standing(stand);
  const first = rules.findIndex(({ real }) => real !== undefined);
  return rules.map(({ rule, real }, index) => {
    if (!real) return rule;
    const means: RealMeaning = {
      ranges: rangesOf(standing.in(real.addresses)),
      unknown: homeless.filter(real.mayHave).map(({ first, last }) => `${first}-${last}`),
      shares: shareOf(real.addresses),
      ...(index === first && { together }),
      list: real.list.title,
    };
    return { ...rule, match: real.match, means };
  });
}

/** Addresses of the lab by those that they stand for. */
class Standing {
  /** In the order of the real ones, with the position in the order of the lab's. */
  readonly #byReal: readonly (StandIn & { position: number })[];

  constructor(stand: readonly StandIn[]) {
    this.#byReal = stand
      .map((one, position) => ({ ...one, position }))
      .sort((one, other) => one.real - other.real);
  }

  /** Those that stand for one of some addresses, in the order of the lab's. */
  in(addresses: Intervals): StandIn[] {
    return addresses
      .flatMap(([from, to]) => {
        const begin = firstWhere(this.#byReal.length, (at) => (this.#byReal[at]?.real ?? 0) >= from);
        const end = firstWhere(this.#byReal.length, (at) => (this.#byReal[at]?.real ?? 0) > to);
        return this.#byReal.slice(begin, end);
      })
      .sort((one, other) => one.position - other.position);
  }
}

/** Addresses of the lab, those in a row as one range. */
function rangesOf(stand: readonly StandIn[]): string[] {
  const rows: { network: string; from: number; to: number }[] = [];
  for (const { network, at } of stand) {
    const row = rows.at(-1);
    if (row?.network === network && row.to === at - 1) row.to = at;
    else rows.push({ network, from: at, to: at });
  }
  return rows.map(({ network, from, to }) => `${network}.${from}-${network}.${to}`);
}
