import { rangeContains } from '../site/address-range.js';
import { canonical } from '../site/host-name.js';
import type { Remark } from '../site/match/match-kind.js';
import type { PortRange } from '../site/port-list.js';
import type { Rule } from '../site/schema.js';
import { ByPlace, blocksOf, domainsOf, type Placed } from './by-place.js';
import { type CompiledRule, compiled } from './compiled.js';
import type { Policy } from './decide.js';
import { patternMatcher } from './match-host.js';
import { remembered } from './remembered.js';
import { actionOf, ruleName } from './rule-name.js';
import { ruleNumber } from './rule-number.js';

/** Something about a rule that its author should know. */
export interface Finding extends Omit<Remark, 'kind'> {
  rule: string;
  /** Position of the rule, from 0. */
  index: number;
  kind: Remark['kind'] | 'shadowed' | 'contradiction';
  /** Position of the rule that always decides first, from 0, where it is about that. */
  before?: number;
}

/** Rules that can never match, contradict another, or go stale. */
export function lintRules(policy: Policy): Finding[] {
  const earlier = new ByPlace<CompiledRule>();
  return compiled(policy.rules).flatMap((rule, index) => {
    const base = { rule: ruleName(rule.rule), index };
    const remarks: Finding[] = rule.kind.lint(rule.destination).map((remark) => ({ ...base, ...remark }));
    const before = earlier.first(
      () => placesAbove(rule),
      (one) => containsRule(one, rule),
    );
    earlier.add(rule, index, rule.places);
    return before ? [...remarks, { ...base, ...orderRemark(before, rule, policy.rules) }] : remarks;
  });
}

/** Where a rule is found that is about all that this one is about. */
function placesAbove({ kind, destination, ranges }: CompiledRule): string[] {
  if (kind.by === 'name') return domainsOf(kind.samples(canonical(destination.text))[0] ?? '');
  return ranges.slice(0, 1).flatMap(blocksOf);
}

function orderRemark(
  { entry, index }: Placed<CompiledRule>,
  { rule, destination }: CompiledRule,
  rules: readonly Rule[],
) {
  const opposite = (actionOf(entry.rule) === 'allow') !== (actionOf(rule) === 'allow');
  const same = canonical(entry.destination.text) === canonical(destination.text);
  const message = `rule ${ruleNumber(rules, index)}, "${ruleName(entry.rule)}", always decides first: this rule can never match`;
  const kind = opposite && same ? ('contradiction' as const) : ('shadowed' as const);
  return { kind, message, before: index };
}

/** Whether every flow that fits `inner` also fits `outer`. Cautious: false where it is not certain. */
function containsRule(outer: CompiledRule, inner: CompiledRule): boolean {
  const [wide, rule] = [outer.rule, inner.rule];
  return (
    containsPorts(outer.ports, inner.ports) &&
    (wide.account === undefined || wide.account === rule.account) &&
    (wide.from === undefined || wide.from === rule.from) &&
    containsDestination(outer, inner)
  );
}

const matchers = new WeakMap<CompiledRule, (name: string) => boolean>();
const samples = new WeakMap<CompiledRule, readonly string[]>();

function samplesOf(rule: CompiledRule): readonly string[] {
  const { kind, destination } = rule;
  return remembered(samples, rule, () =>
    kind.by === 'name' ? kind.samples(canonical(destination.text)) : [],
  );
}

function containsPorts(outer: CompiledRule['ports'], inner: CompiledRule['ports']): boolean {
  // Ranges that meet are one, so that none lies in two together.
  const isWithin = ([first, last]: PortRange) => outer?.some(([from, to]) => from <= first && last <= to);
  return outer === undefined || (inner?.every(isWithin) ?? false);
}

function containsDestination(outer: CompiledRule, inner: CompiledRule): boolean {
  if (outer.kind.by === 'any') return true;
  if (outer.match === inner.match && canonical(outer.destination.text) === canonical(inner.destination.text))
    return outer.destination.asOf === inner.destination.asOf;
  if (outer.kind.by === 'address')
    return (
      inner.ranges.length > 0 &&
      inner.ranges.every((part) => outer.ranges.some((range) => rangeContains(range, part)))
    );
  if (inner.kind.by !== 'name' || inner.destination.text.includes('/')) return false;
  const matches = remembered(matchers, outer, () => patternMatcher(outer.destination.text, outer.match));
  return samplesOf(inner).every(matches);
}
