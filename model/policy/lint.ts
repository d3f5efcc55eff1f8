import { rangeContains } from '../site/address-range.js';
import type { Remark } from '../site/match/match-kind.js';
import type { PortRange } from '../site/port-list.js';
import type { Rule } from '../site/schema.js';
import { blocksAcross, blocksOf, type Placed, placesOfName } from './by-place.js';
import { type CompiledRule, compiled, indexed } from './compiled.js';
import type { Policy } from './decide.js';
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
  const byPlace = indexed(policy.rules);
  return compiled(policy.rules).flatMap((rule, index) => {
    const base = { rule: ruleName(rule.rule), index };
    const remarks: Finding[] = rule.kind.lint(rule.destination).map((remark) => ({ ...base, ...remark }));
    const before = byPlace.first(
      (letters) => placesAbove(rule, letters),
      (one) => containsRule(one, rule),
      index,
    );
    return before ? [...remarks, { ...base, ...orderRemark(before, rule, policy.rules) }] : remarks;
  });
}

/** Where a rule is found that is about all that this one is about. */
function placesAbove(rule: CompiledRule, letters: boolean): readonly string[] {
  const { kind, ranges } = rule;
  if (kind.by === 'name') return placesOfName(samplesOf(rule)[0] ?? '', letters);
  // A wider one is found at every block into which this one reaches, so at its first.
  return ranges
    .slice(0, 1)
    .flatMap((range) => [...blocksOf(range), ...(blocksAcross(range) ?? []).slice(0, 1)]);
}

function orderRemark(
  { entry, index }: Placed<CompiledRule>,
  { rule, pattern }: CompiledRule,
  rules: readonly Rule[],
) {
  const opposite = (actionOf(entry.rule) === 'allow') !== (actionOf(rule) === 'allow');
  const same = entry.pattern === pattern;
  const message = `rule ${ruleNumber(rules, index)}, "${ruleName(entry.rule)}", always decides first: this rule can never match`;
  const kind = opposite && same ? ('contradiction' as const) : ('shadowed' as const);
  return { kind, message, before: index };
}

/** Whether every flow that fits `inner` also fits `outer`. Cautious: false where it is not certain. */
function containsRule(outer: CompiledRule, inner: CompiledRule): boolean {
  const [wide, rule] = [outer.rule, inner.rule];
  return (
    // What is not known to be met keeps nothing from the rules behind it.
    wide.unclear === undefined &&
    containsPorts(outer.ports, inner.ports) &&
    (wide.account === undefined || wide.account === rule.account) &&
    containsMachines(wide, rule) &&
    (wide.protocol === 'udp') === (rule.protocol === 'udp') &&
    containsDestination(outer, inner)
  );
}

const samples = new WeakMap<CompiledRule, readonly string[]>();

function samplesOf(rule: CompiledRule): readonly string[] {
  const { kind, pattern } = rule;
  return remembered(samples, rule, () => (kind.by === 'name' ? kind.samples(pattern) : []));
}

function containsMachines(outer: Rule, inner: Rule): boolean {
  const machines = [outer.from ?? []].flat();
  return (
    outer.from === undefined ||
    (inner.from !== undefined && [inner.from].flat().every((one) => machines.includes(one)))
  );
}

function containsPorts(outer: CompiledRule['ports'], inner: CompiledRule['ports']): boolean {
  // Ranges that meet are one, so that none lies in two together.
  const isWithin = ([first, last]: PortRange) => outer?.some(([from, to]) => from <= first && last <= to);
  return outer === undefined || (inner?.every(isWithin) ?? false);
}

function containsDestination(outer: CompiledRule, inner: CompiledRule): boolean {
  if (outer.kind.by === 'any') return true;
  if (outer.match === inner.match && outer.pattern === inner.pattern)
    return outer.destination.asOf === inner.destination.asOf;
  if (outer.kind.by === 'address')
    return (
      inner.ranges.length > 0 &&
      inner.ranges.every((part) => outer.ranges.some((range) => rangeContains(range, part)))
    );
  if (inner.kind.by !== 'name' || inner.pattern.includes('/')) return false;
  return samplesOf(inner).every(outer.matches);
}
