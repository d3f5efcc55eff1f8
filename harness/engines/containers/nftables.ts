import ipaddr from 'ipaddr.js';
import type { Account } from '../../evidence/vocabulary.js';
import type { PolicyAction } from '../../policy/decide.js';
import { kindOf } from '../../policy/match-host.js';
import { actionOf, destinationOf } from '../../policy/rule-name.js';
import { serviceTagRanges } from '../../requirements/service-tags.js';
import type { Firewall, MatchKind, Rule } from '../../site/schema.js';
import { logPrefix } from './kernel-log.js';

/** How a compiled firewall knows what the site's rules are about. */
export interface Knowledge {
  /** Prefix of the names of sets and log lines: which firewall this is. */
  device: 'edge' | 'host';
  /** Address of a machine that a rule may name. */
  addressOf(machine: string): string | undefined;
  /** Names come from the first bytes of a connection, so it is let in to be looked at. */
  peeks?: boolean;
  /** What tells an account's packets from others'. */
  accountMatch(account: Account): string;
}

/** A set that is filled while the lab runs, with the addresses of names. */
export interface NameSet {
  set: string;
  destination: string;
  match: 'exact' | 'suffix' | 'one-label';
}

export interface Compiled {
  /** Declarations of sets, for the table. */
  sets: string;
  /** Rules for a chain that sees packets which open a TCP connection. The last one is the default. */
  rules: string;
  names: NameSet[];
}

const verdicts: Readonly<Record<PolicyAction, string>> = {
  allow: 'accept',
  drop: 'drop',
  reject: 'reject with icmpx type port-unreachable',
  reset: 'reject with tcp reset',
};

/**
 * Compiles a policy for the kernel. Every rule logs what it decides before it does so, under a prefix
 * that holds its position: evidence names the rule, whatever it is called.
 */
export function compile(policy: Pick<Firewall, 'default' | 'rules'>, knowledge: Knowledge): Compiled {
  const { device } = knowledge;
  const sets: string[] = [];
  const rules: string[] = [];
  const names: NameSet[] = [];
  policy.rules.forEach((rule, index) => {
    const target = targetOf(rule);
    const matches = matchesOf(rule, knowledge);
    // What can fit no packet is no rule, and keeps its number.
    if (!matches || target.kind === 'nothing') return;
    const set = `${device}${index}`;
    if (target.kind === 'ranges')
      sets.push(
        `set ${set} { type ipv4_addr; flags interval; auto-merge; elements = { ${target.ranges.join(', ')} }; }`,
      );
    if (target.kind === 'names' && knowledge.peeks) {
      rules.push([...matches, 'meta mark set 1', log(`${device} peek`), 'accept'].join(' '));
      return;
    }
    if (target.kind === 'names') {
      sets.push(`set ${set} { type ipv4_addr; }`);
      names.push({ set, destination: target.destination, match: target.match });
    }
    const where = target.kind === 'any' ? [] : [`ip daddr @${set}`];
    const action = actionOf(rule);
    rules.push(
      [
        ...matches,
        ...where,
        log(logPrefix(device, index)),
        verdicts[action === 'deny' ? 'drop' : action],
      ].join(' '),
    );
  });
  rules.push(`${log(logPrefix(device, undefined))} ${verdicts[policy.default]}`);
  return { sets: sets.join('\n'), rules: rules.join('\n'), names };
}

/** The statement that makes a decision visible, at once and not in batches. */
export function log(prefix: string): string {
  return `log prefix "${prefix}" group 5 queue-threshold 1`;
}

function matchesOf(rule: Rule, { addressOf, accountMatch }: Knowledge): string[] | undefined {
  const matches: string[] = [];
  if (rule.from !== undefined) {
    const address = addressOf(rule.from);
    if (!address) return undefined;
    matches.push(`ip saddr ${address}`);
  }
  if (rule.account !== undefined) matches.push(accountMatch(rule.account));
  if (rule.port !== 'any') matches.push(`tcp dport { ${[rule.port].flat().join(', ')} }`);
  return matches;
}

type Target =
  | { kind: 'any' }
  | { kind: 'nothing' }
  | { kind: 'ranges'; ranges: readonly string[] }
  | { kind: 'names'; destination: string; match: NameSet['match'] };

function targetOf(rule: Rule): Target {
  const destination = destinationOf(rule);
  const match: MatchKind = rule.match ?? kindOf(destination);
  switch (match) {
    case 'any':
      return { kind: 'any' };
    case 'address':
      return ranges([destination]);
    case 'service-tag':
      return ranges(serviceTagRanges(destination, rule['as-of']));
    default:
      // A path is no host.
      return destination.includes('/') ? { kind: 'nothing' } : { kind: 'names', destination, match };
  }
}

/** Lab networks are IPv4; a range of IPv6 fits none of their packets. */
function ranges(texts: readonly string[]): Target {
  const known = texts.map(rangeText).filter((text) => text !== undefined);
  return known.length > 0 ? { kind: 'ranges', ranges: known } : { kind: 'nothing' };
}

function rangeText(text: string): string | undefined {
  if (text.includes('-')) {
    const [from = '', to = ''] = text.split('-').map(ipv4);
    return from && to ? `${from}-${to}` : undefined;
  }
  if (!text.includes('/')) return ipv4(text);
  if (!ipaddr.isValidCIDR(text)) return undefined;
  const [address, prefix] = ipaddr.parseCIDR(text);
  return address.kind() === 'ipv4' ? `${address}/${prefix}` : undefined;
}

function ipv4(text: string): string | undefined {
  if (!ipaddr.isValid(text)) return undefined;
  const address = ipaddr.process(text);
  return address.kind() === 'ipv4' ? address.toString() : undefined;
}
