import { nearest } from '../requirements/nearest.js';
import { isServiceTag, newestServiceTags, serviceTags } from '../requirements/service-tags.js';
import { rangeContains, rangeOf } from '../site/address-range.js';
import { canonical } from '../site/host-name.js';
import type { Rule } from '../site/schema.js';
import type { Policy } from './decide.js';
import { kindOf, matchesHost } from './match-host.js';
import { actionOf, destinationOf, ruleName } from './rule-name.js';

/** Something about a rule that its author should know. */
export interface Finding {
  rule: string;
  /** Position of the rule, from 0. */
  index: number;
  kind:
    | 'path-as-host'
    | 'inner-wildcard'
    | 'exact-wildcard'
    | 'not-an-address'
    | 'unknown-service-tag'
    | 'old-service-tag'
    | 'shadowed'
    | 'contradiction';
  message: string;
  suggestion?: string;
}

/** Rules that can never match, contradict another, or go stale. */
export function lintRules(policy: Policy): Finding[] {
  return policy.rules.flatMap((rule, index) => [
    ...lintDestination(rule, index),
    ...lintOrder(policy, rule, index),
  ]);
}

function lintDestination(rule: Rule, index: number): Finding[] {
  const destination = destinationOf(rule);
  const base = { rule: ruleName(rule), index };
  const kind = rule.match ?? kindOf(destination);
  if (kind === 'service-tag') return lintServiceTag(rule, index);
  if (kind === 'any' || (kind === 'address' && rangeOf(destination))) return [];
  if (kind === 'address') {
    const message = `"${destination}" is no address, CIDR or range: the rule can never match`;
    return [{ ...base, kind: 'not-an-address', message }];
  }
  if (destination.includes('/')) {
    const [host = ''] = destination.split('/');
    const message = `"${destination}" is a path, not a host: the rule can never match`;
    return [{ ...base, kind: 'path-as-host', message, suggestion: host }];
  }
  if (destination.replace(/^\*\./, '').includes('*')) {
    const suggestion = `*.${destination.slice(destination.lastIndexOf('*') + 1).replace(/^[^.]*\./, '')}`;
    const message = `"*" may only be the first label of "${destination}": the rule can never match`;
    return [{ ...base, kind: 'inner-wildcard', message, suggestion }];
  }
  if (kind === 'exact' && destination.startsWith('*.')) {
    const message = `"${destination}" compared exactly is the name of no host: the rule can never match`;
    return [{ ...base, kind: 'exact-wildcard', message, suggestion: 'match: suffix' }];
  }
  return [];
}

function lintServiceTag(rule: Rule, index: number): Finding[] {
  const tag = destinationOf(rule);
  const base = { rule: ruleName(rule), index };
  if (!isServiceTag(tag)) {
    const suggestion = nearest(tag, serviceTags);
    const message = `no service tag is called "${tag}": the rule can never match`;
    return [{ ...base, kind: 'unknown-service-tag', message, ...(suggestion && { suggestion }) }];
  }
  const asOf = rule['as-of'];
  if (asOf === undefined || asOf >= newestServiceTags) return [];
  const message = `the ranges of ${tag} are of ${asOf}; they change every week, the newest are of ${newestServiceTags}`;
  return [{ ...base, kind: 'old-service-tag', message, suggestion: newestServiceTags }];
}

function lintOrder(policy: Policy, rule: Rule, index: number): Finding[] {
  const earlier = policy.rules.slice(0, index).findIndex((before) => contains(before, rule));
  const before = policy.rules[earlier];
  if (!before) return [];
  const base = { rule: ruleName(rule), index };
  const opposite = (actionOf(before) === 'allow') !== (actionOf(rule) === 'allow');
  const same = canonical(destinationOf(before)) === canonical(destinationOf(rule));
  const message = `rule ${earlier + 1}, "${ruleName(before)}", always decides first: this rule can never match`;
  return [{ ...base, kind: opposite && same ? 'contradiction' : 'shadowed', message }];
}

/** Whether every flow that fits `rule` also fits `wide`. Cautious: false where it is not certain. */
export function contains(wide: Rule, rule: Rule): boolean {
  const ports = (one: Rule) => (one.port === 'any' ? undefined : [one.port].flat());
  const [outer, inner] = [ports(wide), ports(rule)];
  return (
    (outer === undefined || (inner?.every((port) => outer.includes(port)) ?? false)) &&
    (wide.account === undefined || wide.account === rule.account) &&
    (wide.from === undefined || wide.from === rule.from) &&
    containsDestination(wide, rule)
  );
}

function containsDestination(wide: Rule, rule: Rule): boolean {
  const [outer, inner] = [destinationOf(wide), destinationOf(rule)];
  const [outerKind, innerKind] = [wide.match ?? kindOf(outer), rule.match ?? kindOf(inner)];
  if (outerKind === 'any') return true;
  if (canonical(outer) === canonical(inner) && outerKind === innerKind)
    return wide['as-of'] === rule['as-of'];
  if (outerKind === 'address' && innerKind === 'address') {
    const [range, part] = [rangeOf(outer), rangeOf(inner)];
    return range !== undefined && part !== undefined && rangeContains(range, part);
  }
  const isName = innerKind === 'exact' || innerKind === 'suffix' || innerKind === 'one-label';
  return outerKind === 'suffix' && isName && matchesHost(outer, 'suffix', inner.replace(/^\*/, 'x'));
}
