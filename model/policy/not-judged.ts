import ipaddr from 'ipaddr.js';
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
 * the cloud cannot be said from them.
 */
export function notJudgedBy(policy: Policy, flow: Flow, { action, index }: Decision): string[] {
  const end = index ?? policy.rules.length;
  return realRules(policy.rules).flatMap(({ rule, index: at }) =>
    at < end && rule.concerns(flow) && (actionOf(rule.rule) === 'allow') !== (action === 'allow')
      ? [ruleName(rule.rule)]
      : [],
  );
}

function realRules(rules: readonly Rule[]): readonly RealRule[] {
  return remembered(known, rules, () =>
    compiled(rules).flatMap((rule, index) => (isReal(rule) ? [{ rule, index }] : [])),
  );
}

/**
 * Whether a rule is about a network, written out, that is routed in the internet. Single addresses and
 * networks of less than 256 are somebody's servers: no documented host stays in one (connector-facts 4).
 */
function isReal({ kind, destination, ranges }: CompiledRule): boolean {
  if (kind.by !== 'address' || !/^[\d.:a-f/-]+$/i.test(destination.text)) return false;
  return ranges.some(({ first, last }) =>
    first.slice(0, -1).some((byte, at) => byte !== last[at]) || isWholeNetwork(first.at(-1), last.at(-1))
      ? ipaddr.fromByteArray([...first]).range() === 'unicast'
      : false,
  );
}

function isWholeNetwork(first: number | undefined, last: number | undefined): boolean {
  return first === 0 && last === 255;
}
