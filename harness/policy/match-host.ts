import ipaddr from 'ipaddr.js';
import { isServiceTag, serviceTagRanges } from '../requirements/service-tags.js';
import type { MatchKind, Rule } from '../site/schema.js';
import type { Flow } from './flow.js';

/** Lower case, without the trailing dot of absolute names. */
export function canonical(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/**
 * What a destination means when the rule does not say: `any`, an address, CIDR or range, a service
 * tag, `*.x` for everything below x, else one exact name.
 */
export function kindOf(destination: string): MatchKind {
  if (destination === 'any' || destination === '*') return 'any';
  if (rangeOf(destination)) return 'address';
  if (isServiceTag(destination)) return 'service-tag';
  return destination.startsWith('*.') ? 'suffix' : 'exact';
}

/**
 * Compares a name with a pattern. `*.x` as a suffix is everything below x at any depth, not x itself;
 * as `one-label` exactly one label. A pattern with a `/` is a path, and no host has that name.
 */
export function matchesHost(pattern: string, match: MatchKind, name: string): boolean {
  const wanted = canonical(pattern);
  const host = canonical(name);
  if (match === 'any') return true;
  if (match === 'suffix') return wanted.startsWith('*.') ? host.endsWith(wanted.slice(1)) && host !== wanted.slice(2) : host === wanted || host.endsWith(`.${wanted}`);
  if (match === 'one-label' && wanted.startsWith('*.')) {
    const label = host.slice(0, -(wanted.length - 1));
    return host.endsWith(wanted.slice(1)) && label.length > 0 && !label.includes('.');
  }
  return host === wanted;
}

/** Whether a pattern of a list (exempt hosts, proxy lists, faults) covers a name. */
export function covers(pattern: string, name: string): boolean {
  return matchesHost(pattern, kindOf(pattern), name);
}

/** Whether a rule's destination is the flow's. `asOf`: date of the service tags, if the rule has none. */
export function matchesDestination(rule: Rule, destination: string, flow: Flow): boolean {
  const kind = rule.match ?? kindOf(destination);
  if (kind === 'any') return true;
  if (kind === 'address') return inRange(flow.address, rangeOf(destination));
  if (kind === 'service-tag')
    return serviceTagRanges(destination, rule['as-of']).some((range) => inRange(flow.address, rangeOf(range)));
  return (flow.names ?? [flow.host]).some((name) => matchesHost(destination, kind, name));
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = { from: Address; prefix: number } | { from: Address; to: Address };

/** An address, CIDR or `first-last`; undefined for anything else. */
export function rangeOf(text: string): Range | undefined {
  const [first = '', last] = text.split('-');
  if (last !== undefined && ipaddr.isValid(first) && ipaddr.isValid(last))
    return { from: ipaddr.process(first), to: ipaddr.process(last) };
  if (ipaddr.isValid(text)) {
    const from = ipaddr.process(text);
    return { from, prefix: from.kind() === 'ipv4' ? 32 : 128 };
  }
  if (!ipaddr.isValidCIDR(text)) return undefined;
  const [from, prefix] = ipaddr.parseCIDR(text);
  return { from, prefix };
}

function inRange(text: string, range: Range | undefined): boolean {
  if (!range || !ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address.kind() !== range.from.kind()) return false;
  if ('prefix' in range) return address.match(range.from, range.prefix);
  return compare(address, range.from) >= 0 && compare(address, range.to) <= 0;
}

function compare(a: Address, b: Address): number {
  return Buffer.compare(Buffer.from(a.toByteArray()), Buffer.from(b.toByteArray()));
}
