import { conditionsInWords } from '../site/rule-words.js';
import { type Firewall, type Rule, type RuleAction, ruleActions } from '../site/schema.js';

/** What a rule does. */
export function actionOf(rule: Rule): RuleAction {
  return ruleActions.find((action) => rule[action] !== undefined) ?? 'deny';
}

/** What a rule is about: host, pattern, range, service tag or `any`. */
export function destinationOf(rule: Rule): string {
  return rule[actionOf(rule)] ?? 'any';
}

/**
 * The name by which events, results and scenarios call a rule: its own, or one made of its parts,
 * `allow *.msappproxy.net port 443`; with its place, where it was imported: `… (edge.rules:12)`.
 */
export function ruleName(rule: Rule): string {
  const name = rule.name ?? `${actionOf(rule)} ${destinationOf(rule)}${conditionsInWords(rule)}`;
  return withPlace(name, rule);
}

/** A name with the place where its rule was imported from. */
export function withPlace(name: string, { source }: Pick<Rule, 'source'>): string {
  return source ? `${name} (${source.file}:${source.line})` : name;
}

/** The name of a rule of one of several firewalls: `branch: default drop`; of a firewall alone its own. */
export function namedBy({ name }: Pick<Firewall, 'name'>, rule: string): string {
  return name === undefined ? rule : `${name}: ${rule}`;
}

/** The name of what happens when no rule fits: `default drop`. */
export function defaultName(action: Firewall['default']): string {
  return `default ${action}`;
}
