import { entryMatch, entryText, type HostEntry } from '../site/host-entry.js';
import { hasPort, portRanges, rangeText } from '../site/port-list.js';
import { covers } from './match-host.js';
import { nearHost } from './near-host.js';
import type { Nearness, NearRule } from './nearest-rule.js';
import { type DecidingProxy, decidingRule, type ProxyRule, proxyRules } from './proxy.js';
import { concerns, isExcept, type Request } from './rule-list.js';

/** The rule that came nearest to letting a request pass that the proxy refuses, or asks who sends it. */
export function nearestOfProxy(proxy: DecidingProxy, request: Request): NearRule | undefined {
  const { index: end, rule: deciding } = decidingRule(proxy, request, false);
  let best: (NearRule & Nearness) | undefined;
  for (const [index, rule] of proxyRules(proxy).entries()) {
    if (rule.action !== 'allow' || rule.number === undefined || rule.unclear !== undefined) continue;
    const near = nearnessOfProxyRule(rule, request, index > end ? deciding.name : undefined);
    const { name, number } = rule;
    if (near && (!best || near.rank < best.rank)) best = { rule: name, number, ...near };
  }
  return best && { rule: best.rule, number: best.number, why: best.why };
}

/** How near a rule is to deciding about a request; `decided`: the name of the one before it that does. */
export function nearnessOfProxyRule(
  rule: ProxyRule,
  request: Request,
  decided: string | undefined,
): Nearness | undefined {
  const hosts = rule.hosts ?? [];
  const { host } = request;
  if (!hosts.some((entry) => covers(entry, host))) {
    const why = concerns(rule, request) ? nearOne(hosts, host) : undefined;
    return why === undefined ? undefined : { rank: 2, why };
  }
  const others = differences(rule, request);
  if (others.length === 0)
    return decided === undefined
      ? undefined
      : { rank: 0, why: `stands behind "${decided}", which decides first` };
  if (others.length > 2) return undefined;
  const isByChance = hosts.some((entry) => entryMatch(entry) === 'any');
  // `deny !Safe_ports`: it closes all else, and is meant to.
  if (isByChance && rule.action !== 'allow') return undefined;
  return {
    rank: (others.length === 1 ? 1 : 4) + (isByChance ? 2 : 0),
    why: `is about ${others.join(', and ')}`,
  };
}

function nearOne(hosts: readonly HostEntry[], host: string): string | undefined {
  for (const entry of hosts) {
    const why = nearHost(entryText(entry), entryMatch(entry), host, host);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** What a rule is about beside the host, where that is not what is asked for. */
function differences(rule: ProxyRule, request: Request): string[] {
  const { ports, method, account, from } = rule;
  const found: string[] = [];
  if (ports && !hasPort(portRanges(ports), request.port))
    found.push(`port ${portRanges(ports).map(rangeText).join(' and ')}, not ${request.port}`);
  if (method && method !== (request.method ?? 'connect'))
    found.push(
      method === 'plain' ? 'requests in the clear, not tunnels' : 'tunnels, not requests in the clear',
    );
  if (account !== undefined && account !== request.account)
    found.push(`the account ${account}, not ${request.account ?? 'an unknown one'}`);
  if (from && !from.includes(request.machine ?? ''))
    found.push(`what comes from ${from.join(', ')}, not from ${request.machine ?? 'elsewhere'}`);
  if (isExcept(rule, request)) found.push(`other hosts than ${request.host}, which it excepts`);
  return found;
}
