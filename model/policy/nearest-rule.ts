import { entryMatch, entryText, type HostEntry } from '../site/host-entry.js';
import { hasPort, rangeText } from '../site/port-list.js';
import type { Rule } from '../site/schema.js';
import { labLists } from '../site/service-tags/cloud-places.js';
import { standsForOthers } from '../site/service-tags/share-words.js';
import { type CompiledRule, compiled, fits, Target } from './compiled.js';
import type { Decision, Policy } from './decide.js';
import type { Flow } from './flow.js';
import { nearHost } from './near-host.js';
import { actionOf, ruleName } from './rule-name.js';
import { ruleNumber } from './rule-number.js';

/** A rule that nearly decided, and what is between. */
export interface NearRule {
  /** By the name that evidence uses. */
  rule: string;
  /** The number of the rule as people wrote it, from 1; absent for an entry of a list. */
  number?: number;
  /** What it is about in place of the flow, in words that follow the rule's name. */
  why: string;
}

/** How near a rule is to being about a flow. */
export interface Nearness {
  /** The smaller the nearer. */
  rank: number;
  why: string;
}

/**
 * The rule that came nearest to deciding otherwise about a flow: to letting it pass where it was
 * stopped, to stopping it where it was let pass. Undefined: none is near.
 */
export function nearestRule(
  policy: Policy,
  flow: Flow,
  { action, index: decided }: Pick<Decision, 'action' | 'index'>,
): NearRule | undefined {
  const target = new Target(flow);
  const behind = decided === undefined ? undefined : ruleNumber(policy.rules, decided);
  const wantsAllow = action !== 'allow';
  let best: (Nearness & { rule: Rule; index: number }) | undefined;
  for (const [index, one] of compiled(policy.rules).entries()) {
    if ((actionOf(one.rule) === 'allow') !== wantsAllow) continue;
    const near = nearness(one, target, behind);
    if (near && (!best || near.rank < best.rank)) best = { ...near, rule: one.rule, index };
  }
  return best && { rule: ruleName(best.rule), number: ruleNumber(policy.rules, best.index), why: best.why };
}

/** The entry of a list that came nearest to being about a host; `called`: how evidence calls an entry. */
export function nearestEntry(
  entries: readonly HostEntry[],
  host: string,
  called: (entry: HostEntry) => string,
): NearRule | undefined {
  for (const entry of entries) {
    const why = nearHost(entryText(entry), entryMatch(entry), host, host);
    if (why !== undefined) return { rule: called(entry), why };
  }
  return undefined;
}

/** How near a rule is to deciding about a flow that another one, of the number `behind`, or none has decided. */
export function nearness(one: CompiledRule, target: Target, behind?: number): Nearness | undefined {
  const { flow } = target;
  const { destination, match, kind } = one;
  const concerned = one.concerns(flow);
  if (!one.isAboutPlace(target)) {
    const why = concerned
      ? (otherPart(one, flow) ??
        oldTag(one, flow) ??
        nearHost(destination.text, match, flow.host, flow.address))
      : undefined;
    return why === undefined ? undefined : { rank: 2, why };
  }
  if (concerned)
    return behind === undefined
      ? undefined
      : { rank: 0, why: `stands behind rule ${behind}, which decides first` };
  const others = differences(one.rule, flow, one.ports);
  if (others.length > 2) return undefined;
  // A rule about everything is about this flow by chance.
  const rank = (others.length === 1 ? 1 : 4) + (kind.by === 'any' ? 2 : 0);
  return { rank, why: `is about ${others.join(', and ')}` };
}

/** What a rule is about beside the place, where that is not the flow's. */
function differences({ account, from, protocol }: Rule, flow: Flow, ports: CompiledRule['ports']): string[] {
  const found: string[] = [];
  if (ports && !hasPort(ports, flow.port))
    found.push(`port ${ports.map(rangeText).join(' and ')}, not ${flow.port}`);
  if (account !== undefined && account !== flow.account)
    found.push(`the account ${account}, not ${flow.account ?? 'the proxy, which has none'}`);
  if (protocol === 'udp') found.push('UDP, not TCP');
  const machines = [from ?? []].flat();
  if (from !== undefined && !machines.includes(flow.machine))
    found.push(`what comes from ${machines.join(', ')}, not from ${flow.machine}`);
  return found;
}

/** A part of a tag's addresses is not the others. */
function otherPart({ destination: { means } }: CompiledRule, { address }: Flow): string | undefined {
  return means && standsForOthers(means, address);
}

/** Ranges of a service tag are of a day. */
function oldTag({ rule, match, destination }: CompiledRule, flow: Flow): string | undefined {
  if (destination.means || match !== 'service-tag' || destination.asOf === undefined) return undefined;
  if (!fits({ ...rule, 'as-of': labLists.newest }, flow)) return undefined;
  return `is about the ranges of ${destination.asOf}, and ${flow.address} is in ${destination.text} as of ${labLists.newest}`;
}
