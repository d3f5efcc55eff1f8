import type { DocumentedHost } from '../requirements/documented-host.js';
import { hostsAskedOf } from '../requirements/documented-hosts.js';
import { serverAddress } from '../site/address-plan.js';
import { rangeOf } from '../site/address-range.js';
import { placeOfRow } from '../site/documented-rows.js';
import { edgeFirewalls } from '../site/edge-firewalls.js';
import { entryMatch, entryName, entryText, faultEntry, type HostEntry } from '../site/host-entry.js';
import type { Remark } from '../site/match/match-kind.js';
import { proxiesOf } from '../site/proxies.js';
import type { Rule, Site } from '../site/schema.js';
import { compiledRule } from './compiled.js';
import type { Policy } from './decide.js';
import type { Hint } from './hint.js';
import { lintRules } from './lint.js';
import { lintEntry, moreThanHost } from './lint-entry.js';
import { lintProxyRules } from './lint-proxy-rules.js';
import { lintProxySettings } from './lint-proxy-settings.js';
import { type About, behind, closed, entriesOf, together, told } from './lint-words.js';
import { nearRow } from './near-row.js';
import { actionOf, ruleName } from './rule-name.js';
import { ruleNumbers } from './rule-number.js';

/** What the author of a site should know about its rules and lists, each thing once. */
export function lintSite(site: Site): Hint[] {
  const rows = hostsAskedOf(site);
  return [
    ...site.servers.flatMap((server, index) =>
      lintPolicy(`servers[${index}].host-firewall`, server['host-firewall'], rows),
    ),
    ...lintProxySettings(site),
    ...proxiesOf(site).flatMap((one) => lintProxyRules(one, rows)),
    ...lintLists(site, rows),
    ...(site.firewalls
      ? site.firewalls.flatMap((one, index) => lintPolicy(`firewalls[${index}]`, one, rows))
      : lintPolicy('firewall', site.firewall, rows)),
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

/** One list of hosts, and what it does to those that are in it. */
interface HostList {
  place: string;
  entries: readonly HostEntry[];
  /** Lets pass what the page asks for, so that what is nearly a row is worth a word. */
  opens: boolean;
}

function lintLists(site: Site, rows: readonly DocumentedHost[]) {
  const { inspection, resolver, 'syn-proxy': synProxy } = site;
  const list = (place: string, entries: readonly HostEntry[] | undefined, opens = false): HostList[] =>
    entries ? [{ place, entries, opens }] : [];
  // Those of one device that are looked at one after the other.
  const devices: HostList[][] = [
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

/** What stops nothing, and costs everybody. */
function slowed({ link }: Site): Hint[] {
  if (link.ipv6 !== 'silent') return [];
  const message =
    'every new connection of a server to a public name waits 21 s for IPv6 before it goes by IPv4; mend the way of IPv6, or take its addresses and routes from the servers';
  return [{ place: 'link.ipv6', rule: 'ipv6 silent', message }];
}
