import type { Device } from '../evidence/vocabulary.js';
import type { AskedWay } from '../path/asked-ways.js';
import { requestTo } from '../path/proxy-hop.js';
import type { Hop } from '../path/way.js';
import { type CompiledRule, compiled, Target } from '../policy/compiled.js';
import type { Policy } from '../policy/decide.js';
import { covers } from '../policy/match-host.js';
import { nearHost } from '../policy/near-host.js';
import { nearnessOfProxyRule } from '../policy/near-proxy-rule.js';
import { type Nearness, nearness } from '../policy/nearest-rule.js';
import { proxyRules } from '../policy/proxy.js';
import { remembered } from '../policy/remembered.js';
import { actionOf, namedBy, ruleName } from '../policy/rule-name.js';
import { ruleNumber } from '../policy/rule-number.js';
import { hostsAskedOf } from '../requirements/documented-hosts.js';
import { documentedWord, placeOfRow } from '../site/documented-rows.js';
import { edgeFirewalls } from '../site/edge-firewalls.js';
import { entryMatch, entryName, entryText, faultEntry, type HostEntry } from '../site/host-entry.js';
import { hasPort } from '../site/port-list.js';
import { proxiesOf, type SiteProxy } from '../site/proxies.js';
import type { Firewall, Site } from '../site/schema.js';

/** A rule of a site, or an entry of one of its lists. */
export interface RuleEntry {
  device: Device;
  /** Whose firewall it is, for host firewalls. */
  server?: string;
  /** Which firewall of the edge it is of, where there are several. */
  firewall?: string;
  /** By the name that evidence uses. */
  name: string;
  /** {@link keyOf} of the hops that it decides; undefined: an earlier entry has the same name, and decides. */
  key: string | undefined;
  /** Entries with the same one stand for one `documented`, which is of use where one of them is. */
  page?: string;
  /** How near it is to what a hop of its device decided; undefined: it is about something else. */
  near(asked: AskedWay, hop: Hop): Nearness | undefined;
}

/** What decided at a hop: the device, whose firewall, and the position or the name of the rule. */
export function keyOf({
  device,
  from,
  firewall = '',
  index,
  rule,
}: Pick<Hop, 'device' | 'from' | 'firewall' | 'index' | 'rule'>): string {
  const whose = device === 'host-firewall' ? from : firewall;
  return `${device} ${whose} ${index === undefined ? rule : `#${index}`}`;
}

/**
 * Ports of what any server asks its own network: names, time, its domain. The oracle does not ask for
 * it, so rules about it are not judged.
 */
const ownPorts = [53, 67, 88, 123, 135, 389, 445, 464, 636, 3268, 3269];

/** The rules of a site of which the lab can say whether they are of use, in path order. */
export function ruleEntries(site: Site): RuleEntry[] {
  const { servers, proxy, inspection, resolver } = site;
  const rows = new Set(hostsAskedOf(site).map(({ rule }) => rule));
  const asThePage = (entries: readonly RuleEntry[], hosts: readonly HostEntry[] = []) =>
    entries.map((entry, index) => {
      const host = hosts[index];
      return host !== undefined && rows.has(entryText(host))
        ? { ...entry, page: `${entry.device} ${documentedWord}` }
        : entry;
    });
  const own = servers.flatMap((server) => ofPolicy('host-firewall', server['host-firewall'], server.name));
  return [
    ...ofList(
      'resolver',
      resolver.faults.map(faultEntry),
      (entry, index) => `${resolver.faults[index]?.answer} ${entryName(entry)}`,
    ),
    ...own,
    ...proxiesOf({ proxy }).flatMap(ofProxy),
    ...edgeFirewalls(site).flatMap((one) => ofPolicy('edge-firewall', one, undefined, one['names-from'])),
    ...ofList('syn-proxy', site['syn-proxy']?.resets ?? [], (one) => `reset ${entryName(one)}`),
    ...asThePage(
      ofList('inspector', inspection?.except ?? [], (one) => `except ${entryName(one)}`),
      inspection?.except,
    ),
    ...ofList('inspector', inspection?.only ?? [], (one) => `inspect ${entryName(one)}`),
  ];
}

function ofPolicy(
  device: Device,
  policy: Policy,
  server?: string,
  namesFrom: Firewall['names-from'] = 'dns',
): RuleEntry[] {
  return compiled(policy.rules).flatMap((rule, index): RuleEntry[] =>
    isJudged(rule, index, policy)
      ? [
          {
            ...{ device, name: namedBy(policy, ruleName(rule.rule)), ...(server && { server }) },
            ...(policy.name !== undefined && { firewall: policy.name }),
            ...pageOf(rule.rule, `${device} ${server ?? policy.name ?? ''}`),
            key: keyOf({ device, from: server ?? '', index, ...(policy.name && { firewall: policy.name }) }),
            near: (asked, hop) =>
              nearness(
                rule,
                targetAt(asked, hop, rule.rule.layer ? 'sni' : namesFrom),
                hop.index === undefined ? undefined : ruleNumber(policy.rules, hop.index),
              ),
          },
        ]
      : [],
  );
}

function pageOf(rule: CompiledRule['rule'], whose: string): Pick<RuleEntry, 'page'> {
  const place = placeOfRow(rule);
  return place === undefined ? {} : { page: `${whose} ${place}` };
}

const targets = new WeakMap<Hop, Target>();

/** What a firewall sees of a connection. */
function targetAt({ host, way }: AskedWay, hop: Hop, namesFrom: Firewall['names-from']): Target {
  return remembered(targets, hop, () => {
    const { server, account, port } = way.flow;
    const names = [host.name, ...(namesFrom === 'dns' ? host.chain : [])];
    return new Target({
      // What a proxy dials has no account, and is no server's.
      ...(hop.from === server && { account }),
      ...{ machine: hop.from, host: host.name, names, address: host.address, port },
    });
  });
}

/** Addresses are the lab's own, ports can be of other services, and a last rule may say what the default says. */
function isJudged({ rule, kind, match, ports }: CompiledRule, index: number, policy: Policy): boolean {
  const isLast = index === policy.rules.length - 1;
  if (kind.by === 'any' && isLast && (actionOf(rule) === 'allow') === (policy.default === 'allow'))
    return false;
  return (
    rule.protocol !== 'udp' && match !== 'address' && !ownPorts.some((port) => ports && hasPort(ports, port))
  );
}

/** A last rule may say what the default says, and a question is for those who can answer. */
function ofProxy({ machine, settings }: SiteProxy): RuleEntry[] {
  const rules = proxyRules(settings);
  const names = new Set<string>();
  return rules.flatMap((rule, index): RuleEntry[] => {
    const { name, action, number, hosts = [] } = rule;
    if (number === undefined || action === 'challenge') return [];
    const isLast = index === rules.length - 2 && action === rules.at(-1)?.action;
    if (isLast && hosts.some((entry) => entryMatch(entry) === 'any')) return [];
    const key = names.has(name) ? undefined : keyOf({ device: machine, from: '', rule: name });
    names.add(name);
    return [
      {
        ...{ device: machine, name, key },
        ...(name.includes(`(${documentedWord})`) && { page: `${machine} ${number}` }),
        near: ({ way }, hop) => nearnessOfProxyRule(rule, requestTo(way.flow, machine === 'proxy'), hop.rule),
      },
    ];
  });
}

function ofList(
  device: Device,
  entries: readonly HostEntry[],
  called: (entry: HostEntry, index: number) => string,
): RuleEntry[] {
  const names = new Set<string>();
  return entries.map((entry, index): RuleEntry => {
    const name = called(entry, index);
    const key = names.has(name) ? undefined : keyOf({ device, from: '', rule: name });
    names.add(name);
    return {
      ...{ device, name, key },
      near: ({ host }, { rule }) => {
        if (covers(entry, host.name))
          return rule === undefined
            ? undefined
            : { rank: 0, why: `stands behind "${rule}", which decides first` };
        const why = nearHost(entryText(entry), entryMatch(entry), host.name, host.address);
        return why === undefined ? undefined : { rank: 2, why };
      },
    };
  });
}
