import type { DocumentedHost } from '../requirements/documented-host.js';
import { documentedHosts } from '../requirements/documented-hosts.js';
import { serverAddress } from '../site/address-plan.js';
import { rangeOf } from '../site/address-range.js';
import { placeOfRow } from '../site/documented-rows.js';
import { edgeFirewalls } from '../site/edge-firewalls.js';
import { entryMatch, entryName, entryText, faultEntry, type HostEntry } from '../site/host-entry.js';
import type { Remark } from '../site/match/match-kind.js';
import { proxiesOf } from '../site/proxies.js';
import { schemesOf } from '../site/proxy-schema.js';
import type { Rule, Site } from '../site/schema.js';
import { compiledRule } from './compiled.js';
import type { Policy } from './decide.js';
import type { Hint } from './hint.js';
import { type Finding, lintRules } from './lint.js';
import { lintEntry, moreThanHost } from './lint-entry.js';
import { lintProxySettings } from './lint-proxy-settings.js';
import { nearRow } from './near-row.js';
import type { Exemption } from './proxy.js';
import { actionOf, ruleName } from './rule-name.js';
import { ruleNumbers } from './rule-number.js';

/** So many entries are told of a hint; the others are counted. */
const mostTold = 5;

/** What the author of a site should know about its rules and lists, each thing once. */
export function lintSite(site: Site): Hint[] {
  const rows = documentedHosts(site.cloud.environment);
  return [
    ...site.servers.flatMap((server, index) =>
      lintPolicy(`servers[${index}].host-firewall`, server['host-firewall'], rows),
    ),
    ...lintProxySettings(site),
    ...lintLists(site, rows),
    ...(site.firewalls
      ? site.firewalls.flatMap((one, index) => lintPolicy(`firewalls[${index}]`, one, rows))
      : lintPolicy('firewall', site.firewall, rows)),
    ...withoutEffect(site),
    ...slowed(site),
  ];
}

function lintPolicy(device: string, policy: Policy, rows: readonly DocumentedHost[]): Hint[] {
  const place = `${device}.rules`;
  if (policy.rules.length === 0)
    return policy.default === 'allow' ? [] : [{ place, rule: place, message: closed(place, policy.default) }];
  const numbers = ruleNumbers(policy.rules);
  const findings = lintRules(policy);
  const remarks = policy.rules.flatMap((rule): About[] => {
    const { destination, match, kind } = compiledRule(rule);
    const beyond = kind.by === 'name' ? moreThanHost(destination.text, rows) : undefined;
    const own = beyond ? [beyond] : kind.lint(destination);
    const isOpening = actionOf(rule) === 'allow' && placeOfRow(rule) === undefined && own.length === 0;
    const idle = neverAsked(rule);
    if (idle) return [{ ...idle, rule: destination.text }];
    const near = isOpening ? nearRow(destination.text, match, rows) : undefined;
    return [...own, ...(near ? [near] : [])].map((remark) => ({ ...remark, rule: destination.text }));
  });
  return [...together(place, remarks), ...behind(place, policy.rules, numbers, findings)];
}

/** Why no connection of the site can be what a rule is about, wherever that goes. */
function neverAsked(rule: Rule): Remark | undefined {
  const begin = `"${ruleName(rule)}"`;
  if (rule.protocol === 'udp')
    return {
      kind: 'other-protocol',
      message: `${begin} is about UDP, and connectors speak TCP: it never decides`,
    };
  const nobodys = [rule.from ?? []].flat().filter((from) => rangeOf(from) !== undefined);
  if (nobodys.length === 0) return undefined;
  const message = `${begin} never decides: no machine of the site is in ${nobodys.join(', ')}; the lab's servers are at ${serverAddress(0)} and on, and a rule can name them`;
  return { kind: 'nobodys-addresses', message };
}

function closed(place: string, action: string): string {
  return `${place} is empty and the default is ${action}: nothing is let through; { allow: documented } opens what the page asks for`;
}

/** Rules that never decide, together for each rule that does so before them. */
function behind(
  place: string,
  rules: readonly Rule[],
  numbers: readonly number[],
  findings: readonly Finding[],
): Hint[] {
  const live = livePlaces(rules, findings);
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const block = placeOfRow(rules[finding.index] as Rule);
    if (finding.before === undefined || (block !== undefined && live.has(block))) continue;
    const key = `${finding.kind} ${finding.before}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group;
    const before = first?.before ?? 0;
    const decider = `rule ${numbers[before]}, "${ruleName(rules[before] as Rule)}"`;
    const written = [...new Map(group.map((one) => [numbers[one.index], `"${one.rule}"`])).entries()];
    const which =
      written.length === 1 ? `rule ${written[0]?.[0]}` : `rules ${spans(written.map(([at]) => at ?? 0))}`;
    const verb = first?.kind === 'contradiction' ? 'is contradicted and can never match' : 'can never match';
    const verbs = written.length === 1 ? verb : verb.replace(/^is /, 'are ');
    const message = `${place}: ${which} (${told(written.map(([, name]) => name))}) ${verbs}: ${decider}, always decides first`;
    return { place, rule: first?.rule ?? '', message };
  });
}

/**
 * The rules of every `documented` of which some row can decide: that a rule before decides others is what
 * the author wants.
 */
function livePlaces(rules: readonly Rule[], findings: readonly Finding[]): Set<string> {
  const dead = new Set(findings.flatMap(({ index, before }) => (before === undefined ? [] : index)));
  return new Set(rules.flatMap((rule, at) => (dead.has(at) ? [] : (placeOfRow(rule) ?? []))));
}

/** `2 to 14`, `2, 4 to 6 and 9`. */
function spans(numbers: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const number of numbers) {
    const last = parts.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else parts.push([number, number]);
  }
  const words = parts.map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`));
  return words.length > mostTold
    ? `${words.slice(0, mostTold).join(', ')} and others`
    : words.join(', ').replace(/, ([^,]*)$/, ' and $1');
}

type About = Remark & Pick<Hint, 'rule'>;

/** Remarks of a kind as one. */
function together(place: string, remarks: readonly About[]): Hint[] {
  const kinds = new Map<string, About[]>();
  // Of those that say the same the first, in its place.
  const different = new Map(remarks.toReversed().map((remark) => [remark.message, remark]));
  for (const remark of [...different.values()].toReversed()) {
    const known = kinds.get(remark.kind);
    if (known) known.push(remark);
    else kinds.set(remark.kind, [remark]);
  }
  return [...kinds.values()].map((list) => {
    const [first] = list;
    const rule = first?.rule ?? '';
    if (list.length === 1 && first)
      return {
        ...{ place, rule, message: `${place}: ${first.message}` },
        ...(first.suggestion !== undefined && { suggestion: first.suggestion }),
      };
    const words = list.map(({ message, suggestion }) =>
      suggestion === undefined ? message : `${message} (meant: ${suggestion}?)`,
    );
    return { place, rule, message: `${place}: ${told(words, '; ')}` };
  });
}

/** One list of hosts, and what it does to those that are in it. */
interface HostList {
  place: string;
  entries: readonly HostEntry[];
  /** Lets pass what the page asks for, so that what is nearly a row is worth a word. */
  opens: boolean;
}

function lintLists(site: Site, rows: readonly DocumentedHost[]) {
  const { proxy, inspection, resolver, 'syn-proxy': synProxy } = site;
  const list = (place: string, entries: readonly HostEntry[] | undefined, opens = false): HostList[] =>
    entries ? [{ place, entries, opens }] : [];
  // Those of one device that are looked at one after the other.
  const devices: HostList[][] = [
    ...proxiesOf({ proxy }).flatMap(({ machine, settings: { allow, deny, ...of } }) => {
      const at = machine === 'proxy' ? 'proxy' : 'proxy.parent';
      return [
        list(`${at}.no-authentication.hosts`, of['no-authentication'].hosts, true),
        [...list(`${at}.deny`, deny), ...list(`${at}.allow`, allow, true)],
      ];
    }),
    list('syn-proxy.resets', synProxy?.resets),
    ...edgeFirewalls(site).map((one, at) =>
      list(`${site.firewalls ? `firewalls[${at}]` : 'firewall'}.other-answers`, one['other-answers']),
    ),
    [...list('inspection.except', inspection?.except, true), ...list('inspection.only', inspection?.only)],
    [
      ...list('inspection.except', inspection?.except),
      ...list('inspection.block-page', inspection?.['block-page']),
    ],
    list('resolver.faults', resolver.faults.map(faultEntry)),
  ];
  const hints = devices.flatMap((lists) => [
    ...lists.flatMap(({ place, entries, opens }) => entriesOf(place, entries, opens, rows)),
    ...covered(lists, rows),
  ]);
  return [...new Map(hints.map((hint) => [hint.message, hint])).values()];
}

function entriesOf(
  place: string,
  entries: readonly HostEntry[],
  opens: boolean,
  rows: readonly DocumentedHost[],
) {
  return together(
    place,
    entries.flatMap((entry) => {
      const near = () => (opens ? nearRow(entryText(entry), entryMatch(entry), rows) : undefined);
      const remark = lintEntry(entry, rows) ?? near();
      return remark ? [{ rule: entryText(entry), ...remark }] : [];
    }),
  );
}

/** Entries that another one, of the same list or of one that is looked at before, makes needless. */
function covered(lists: readonly HostList[], rows: readonly DocumentedHost[]): Hint[] {
  const entries = lists.flatMap(({ place, entries: all }) => {
    const able = all.filter((entry) => !lintEntry(entry, rows));
    // The order within a list says nothing, and the widest entry makes all others needless.
    const isAny = (entry: HostEntry) => entryMatch(entry) === 'any';
    const ordered = [...able.filter(isAny), ...able.filter((entry) => !isAny(entry))];
    return ordered.map((entry) => ({ place, entry, text: entryName(entry) }));
  });
  const rules = entries.map(
    ({ entry }): Rule => ({ deny: entryText(entry), match: entryMatch(entry), port: 'any' }),
  );
  const groups = new Map<string, { place: string; texts: string[]; by: (typeof entries)[number] }>();
  for (const { index, before } of lintRules({ default: 'allow', rules })) {
    const [entry, by] = [entries[index], before === undefined ? undefined : entries[before]];
    if (!entry || !by) continue;
    const key = `${entry.place} ${before}`;
    const group = groups.get(key) ?? { place: entry.place, texts: [], by };
    group.texts.push(entry.text);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ place, texts, by }) => {
    const verb = texts.length === 1 ? 'says' : 'say';
    const where = by.place === place ? 'covers' : `of ${by.place} comes first and covers`;
    const message = `${place}: ${told(texts.map((text) => `"${text}"`))} ${verb} nothing: "${by.text}" ${where} ${texts.length === 1 ? 'it' : 'them'}`;
    return { place, rule: texts[0] ?? '', message };
  });
}

/** Settings that nothing asks for. */
function withoutEffect(site: Site): Hint[] {
  return proxiesOf(site).flatMap(({ machine, settings }) => {
    const [at, called] = machine === 'proxy' ? ['proxy', 'proxy'] : ['proxy.parent', 'parent proxy'];
    const place = `${at}.no-authentication`;
    const { hosts, accounts = [] }: Exemption = settings['no-authentication'];
    const isIdle = schemesOf(settings).length === 0 && hosts.length + accounts.length > 0;
    const message = `${place} has no effect: the ${called} asks nobody (authentication: none)`;
    return isIdle ? [{ place, rule: place, message }] : [];
  });
}

/** What stops nothing, and costs everybody. */
function slowed({ link }: Site): Hint[] {
  if (link.ipv6 !== 'silent') return [];
  const message =
    'every new connection of a server to a public name waits 21 s for IPv6 before it goes by IPv4; mend the way of IPv6, or take its addresses and routes from the servers';
  return [{ place: 'link.ipv6', rule: 'ipv6 silent', message }];
}

function told(words: readonly string[], between = ', '): string {
  const more = words.length - mostTold;
  return more > 0
    ? `${words.slice(0, mostTold).join(between)}${between === ', ' ? '' : between.trimEnd()} and ${more} more`
    : words.join(between);
}
