import type { Firewall, Rule } from '../site/schema.js';
import { openedOf } from '../site/service-tags/share-words.js';
import { compiledRule, firstFit } from './compiled.js';
import type { Flow } from './flow.js';
import { actionOf, defaultName, namedBy, ruleName } from './rule-name.js';
import { ruleNumber, ruleNumbers } from './rule-number.js';

export type PolicyAction = 'allow' | 'drop' | 'reject' | 'reset';

/** What a firewall does with a flow, which rule says so, and why, in words. */
export interface Decision {
  action: PolicyAction;
  rule: string;
  /** Position of the deciding rule, from 0; absent for the default. */
  index?: number;
  explanation: string;
}

export type Policy = Pick<Firewall, 'name' | 'default' | 'rules'>;

/** The first rule that fits decides; without one, the default. `asRead`: the flow as application rules know it. */
export function decide(policy: Policy, flow: Flow, asRead = flow): Decision {
  return explain(policy, firstFit(policy.rules, flow, asRead), flow);
}

/** What it means that a rule decided about a flow, by its position from 0; without one, the default. */
export function explain(policy: Policy, index: number | undefined, flow: Flow): Decision {
  const rule = index === undefined ? undefined : policy.rules[index];
  if (index === undefined || !rule) {
    const count = ruleNumbers(policy.rules).at(-1) ?? 0;
    const opened = partOpened(policy, flow);
    return {
      action: policy.default,
      rule: namedBy(policy, defaultName(policy.default)),
      explanation: `${noneOf(count)} ${flowInWords(flow)}, so the default applies${opened === undefined ? '' : `: ${opened}`}`,
    };
  }
  const action = actionOf(rule);
  return {
    action: action === 'deny' ? 'drop' : action,
    rule: namedBy(policy, ruleName(rule)),
    index,
    explanation: `rule ${ruleNumber(policy.rules, index)} fits ${flowInWords(flow)}: ${why(rule, flow)}${rule.layer === undefined ? '' : ' (application rule)'}`,
  };
}

/** That no rule fits, up to what it does not fit. */
function noneOf(count: number): string {
  if (count === 0) return 'there is no rule for';
  return count === 1 ? 'the only rule does not fit' : `none of ${count} rules fits`;
}

/** How much of the tag for which an address stands is open, where it is a part. */
function partOpened(policy: Policy, { address }: Flow): string | undefined {
  const rules: readonly Rule[] = policy.rules;
  const means = rules.find((rule) => rule.means)?.means;
  return means && openedOf(means, address);
}

function flowInWords(flow: Flow): string {
  const who = flow.account ? `${flow.machine} (${flow.account})` : flow.machine;
  const where = flow.host === flow.address ? flow.address : `${flow.host} (${flow.address})`;
  return `${who} to ${where} port ${flow.port}`;
}

function why(rule: Rule, { address }: Flow): string {
  const { kind, destination } = compiledRule(rule);
  return kind.explain(destination, address);
}
