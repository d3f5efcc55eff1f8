import { both, type Condition } from './condition.js';
import type { Action, Deciding } from './flatten-chains.js';

/** What one chain decides: its rules, and what becomes of the rest. */
export interface Decisions {
  rules: readonly Deciding[];
  policy: Action;
  /** Where the policy stands. */
  line: number;
}

/** Rules that two lists may become together. */
const most = 100_000;

/**
 * Both are asked, one behind the other: what the first lets pass the second may stop. Undefined: they become
 * too many rules.
 */
export function behind(first: Decisions, second: Decisions): Decisions | undefined {
  if (letsAllPass(second)) return first;
  if (letsAllPass(first)) return second;
  const rules: Deciding[] = [];
  for (const rule of withoutLastAllowed(first)) {
    if (rule.action !== 'allow' || rule.isLast) rules.push(rule);
    else rules.push(...within(rule, second));
    if (rules.length > most) return undefined;
  }
  if (first.policy !== 'allow') return { ...first, rules };
  return { ...second, rules: [...rules, ...second.rules] };
}

/** Whether nothing is ever stopped. */
export function letsAllPass({ rules, policy }: Pick<Decisions, 'rules' | 'policy'>): boolean {
  return policy === 'allow' && rules.every(({ action }) => action === 'allow');
}

/** What is allowed behind all that is stopped goes the way of the rest. */
function withoutLastAllowed({ rules, policy }: Decisions): readonly Deciding[] {
  if (policy !== 'allow') return rules;
  return rules.slice(0, rules.findLastIndex(({ action, isLast }) => action !== 'allow' || isLast) + 1);
}

/** What the second does with connections that a rule of the first lets pass. */
function* within(
  { condition, line }: Deciding,
  { rules, policy, line: ownLine }: Decisions,
): Generator<Deciding> {
  for (const rule of rules) {
    const common: Condition = both(condition, rule.condition);
    if (!common.never) yield { ...rule, condition: common };
  }
  yield { action: policy, condition, line: policy === 'allow' ? line : ownLine };
}
