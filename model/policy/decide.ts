import type { Firewall, Rule } from '../site/schema.js';
import type { Flow } from './flow.js';
import { kindOf, matchesDestination } from './match-host.js';
import { actionOf, defaultName, destinationOf, ruleName } from './rule-name.js';

export type PolicyAction = 'allow' | 'drop' | 'reject' | 'reset';

/** What a firewall does with a flow, which rule says so, and why, in words. */
export interface Decision {
  action: PolicyAction;
  rule: string;
  /** Position of the deciding rule, from 0; absent for the default. */
  index?: number;
  explanation: string;
}

export type Policy = Pick<Firewall, 'default' | 'rules'>;

/** The first rule that fits decides; without one, the default. */
export function decide(policy: Policy, flow: Flow): Decision {
  const index = policy.rules.findIndex((rule) => fits(rule, flow));
  return explain(policy, index < 0 ? undefined : index, flow);
}

/** What it means that a rule decided about a flow, by its position from 0; without one, the default. */
export function explain(policy: Policy, index: number | undefined, flow: Flow): Decision {
  const rule = index === undefined ? undefined : policy.rules[index];
  if (index === undefined || !rule) {
    const count = policy.rules.length;
    return {
      action: policy.default,
      rule: defaultName(policy.default),
      explanation: `none of ${count} rule${count === 1 ? '' : 's'} fits ${inWords(flow)}, so the default applies`,
    };
  }
  const action = actionOf(rule);
  return {
    action: action === 'deny' ? 'drop' : action,
    rule: ruleName(rule),
    index,
    explanation: `rule ${index + 1} fits ${inWords(flow)}: ${why(rule, flow)}`,
  };
}

/** Whether a rule is about a flow. */
export function fits(rule: Rule, flow: Flow): boolean {
  return (
    (rule.port === 'any' || [rule.port].flat().includes(flow.port)) &&
    (rule.account === undefined || rule.account === flow.account) &&
    (rule.from === undefined || rule.from === flow.machine) &&
    matchesDestination(rule, destinationOf(rule), flow)
  );
}

function inWords(flow: Flow): string {
  const who = flow.account ? `${flow.machine} (${flow.account})` : flow.machine;
  const where = flow.host === flow.address ? flow.address : `${flow.host} (${flow.address})`;
  return `${who} to ${where} port ${flow.port}`;
}

function why(rule: Rule, flow: Flow): string {
  const destination = destinationOf(rule);
  const asOf = rule['as-of'];
  switch (rule.match ?? kindOf(destination)) {
    case 'any':
      return 'it is about every destination';
    case 'address':
      return `${flow.address} is in ${destination}`;
    case 'service-tag':
      return `${flow.address} is in the ranges of ${destination}${asOf ? ` as of ${asOf}` : ''}`;
    case 'suffix':
      return `the name is below ${destination}`;
    case 'one-label':
      return `the name is one label below ${destination}`;
    case 'exact':
      return `the name is ${destination}`;
  }
}
