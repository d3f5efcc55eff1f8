import { type AddressRange, rangeContains, rangeOf } from '../site/address-range.js';
import type { Rule } from '../site/schema.js';
import { type CompiledRule, compiled } from './compiled.js';
import type { Decision, Policy } from './decide.js';
import type { Flow } from './flow.js';
import { remembered } from './remembered.js';
import { actionOf, ruleName } from './rule-name.js';

/** A rule of which nobody can say whether it is about some addresses of the lab. */
interface DoubtfulRule {
  rule: CompiledRule;
  index: number;
  name: string;
}

interface Doubt {
  range: AddressRange;
  rules: DoubtfulRule[];
  /** What was said of it before: thousands of rules are the same to most flows. */
  said: Map<string, DoubtfulRule[]>;
}

const known = new WeakMap<readonly Rule[], readonly Doubt[]>();

/**
 * Rules about real addresses of the internet that stand before the one that decides, and would decide
 * otherwise if the host were there. The lab has addresses of its own: what such rules mean for a host of
 * the cloud is known where a published list says so, and else cannot be said.
 */
export function notJudgedBy(policy: Policy, flow: Flow, { action, index }: Decision): string[] {
  const doubts = remembered(known, policy.rules, () => doubtsOf(policy.rules));
  const address = doubts.length > 0 ? rangeOf(flow.address) : undefined;
  if (!address) return [];
  const found = doubts
    .filter(({ range }) => rangeContains(range, address))
    .flatMap((doubt) => rulesIn(doubt, flow, action === 'allow', index ?? policy.rules.length));
  return found.sort((one, other) => one.index - other.index).map(({ name }) => name);
}

function rulesIn({ rules, said }: Doubt, flow: Flow, isAllowed: boolean, end: number): DoubtfulRule[] {
  const { host: _host, names: _names, address: _address, ...others } = flow;
  const key = JSON.stringify([isAllowed, end, others]);
  const found =
    said.get(key) ??
    rules.filter(
      ({ rule, index }) =>
        index < end && (actionOf(rule.rule) === 'allow') !== isAllowed && rule.concerns(flow),
    );
  said.set(key, found);
  return found;
}

function doubtsOf(rules: readonly Rule[]): readonly Doubt[] {
  const doubts = new Map<string, Doubt>();
  for (const [index, rule] of compiled(rules).entries())
    for (const range of rule.unknown) {
      const key = `${range.first}-${range.last}`;
      const doubt: Doubt = doubts.get(key) ?? { range, rules: [], said: new Map() };
      doubts.set(key, doubt);
      doubt.rules.push({ rule, index, name: ruleName(rule.rule) });
    }
  return [...doubts.values()];
}
