import { isServiceTag, serviceTagRanges } from '../requirements/service-tags.js';
import { inRange, rangeOf } from '../site/address-range.js';
import { canonical } from '../site/host-name.js';
import type { MatchKind, Rule } from '../site/schema.js';
import type { Flow } from './flow.js';

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
  if (wanted.includes('/')) return false;
  if (match === 'suffix')
    return wanted.startsWith('*.')
      ? host.endsWith(wanted.slice(1))
      : host === wanted || host.endsWith(`.${wanted}`);
  if (match === 'one-label' && wanted.startsWith('*.')) {
    const label = host.slice(0, -(wanted.length - 1));
    return host.endsWith(wanted.slice(1)) && label.length > 0 && !label.includes('.');
  }
  return host === wanted;
}

/**
 * The names, in lower case, for which {@link matchesHost} is true, as a regular expression that the
 * programs of real machines read as well (POSIX extended).
 */
export function hostRegex(pattern: string, match: MatchKind = kindOf(pattern)): string {
  if (match === 'any') return '^.*$';
  const name = canonical(pattern);
  const isWild = name.startsWith('*.');
  const end = `${name.replace(/^\*\./, '').replace(/[.*]/g, '\\$&')}$`;
  if (match === 'suffix') return isWild ? `^.+\\.${end}` : `^(.+\\.)?${end}`;
  return match === 'one-label' && isWild ? `^[^.]+\\.${end}` : `^${name.replace(/[.*]/g, '\\$&')}$`;
}

/** Whether a pattern of a list (exempt hosts, proxy lists, faults) covers a name. */
export function covers(pattern: string, name: string): boolean {
  return matchesHost(pattern, kindOf(pattern), name);
}

/** Whether a rule's destination is the flow's. */
export function matchesDestination(rule: Rule, destination: string, flow: Flow): boolean {
  const kind = rule.match ?? kindOf(destination);
  if (kind === 'any') return true;
  if (kind === 'address') return inDestination(flow.address, destination);
  if (kind === 'service-tag')
    return serviceTagRanges(destination, rule['as-of']).some((range) => inDestination(flow.address, range));
  return (flow.names ?? [flow.host]).some((name) => matchesHost(destination, kind, name));
}

function inDestination(address: string, destination: string): boolean {
  const range = rangeOf(destination);
  return range !== undefined && inRange(address, range);
}
