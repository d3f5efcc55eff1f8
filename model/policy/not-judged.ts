import { inRange } from '../site/address-range.js';
import type { Rule } from '../site/schema.js';
import { type CompiledRule, compiled } from './compiled.js';
import type { Decision, Policy } from './decide.js';
import type { Flow } from './flow.js';
import { remembered } from './remembered.js';
import { actionOf, ruleName } from './rule-name.js';

interface RealRule {
  rule: CompiledRule;
  index: number;
}

const known = new WeakMap<readonly Rule[], readonly RealRule[]>();

/**
 * Rules about real addresses of the internet that stand before the one that decides, and would decide
 * otherwise if the host were there. The lab has addresses of its own: what such rules mean for a host of
 * the cloud is known where a published list says so, and else cannot be said.
 */
export function notJudgedBy(policy: Policy, flow: Flow, { action, index }: Decision): string[] {
  const end = index ?? policy.rules.length;
  return realRules(policy.rules).flatMap(({ rule, index: at }) =>
    at < end &&
    (actionOf(rule.rule) === 'allow') !== (action === 'allow') &&
    rule.concerns(flow) &&
    rule.unknown.some((range) => inRange(flow.address, range))
      ? [ruleName(rule.rule)]
      : [],
  );
}

function realRules(rules: readonly Rule[]): readonly RealRule[] {
  return remembered(known, rules, () =>
    compiled(rules).flatMap((rule, index) => (rule.unknown.length > 0 ? [{ rule, index }] : [])),
  );
}
