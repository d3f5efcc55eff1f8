import { type AddressRange, rangeContains, rangeOf } from '../site/address-range.js';
import type { Rule } from '../site/schema.js';
import { type CompiledRule, compiled, Target } from './compiled.js';
import type { Decision, Policy } from './decide.js';
import type { Flow } from './flow.js';
import { remembered } from './remembered.js';
import { actionOf, ruleName } from './rule-name.js';

/** A rule of which nobody can say whether it is about some flows. */
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

interface Doubts {
  byAddress: readonly Doubt[];
  /** Rules with a condition that could not be translated. */
  unclear: readonly DoubtfulRule[];
}

const known = new WeakMap<readonly Rule[], Doubts>();

/**
 * Rules of which nobody knows whether they are about a flow, that stand before the one that decides and
 * would decide otherwise. Such are rules with a condition that an import could not translate, and rules
 * about real addresses of the internet: the lab has addresses of its own, so that what they mean for a host
 * of the cloud is known where a published list says so, and else cannot be said. `isOwn`: it goes to an address
 * of the site's own, about which only ranges can be in doubt that have the lab in them by chance.
 */
export function notJudgedBy(
  policy: Policy,
  flow: Flow,
  { action, index }: Decision,
  isOwn = false,
): string[] {
  const { byAddress, unclear: conditional } = remembered(known, policy.rules, () => doubtsOf(policy.rules));
  const unclear = isOwn ? [] : conditional;
  if (byAddress.length + unclear.length === 0) return [];
  const [isAllowed, end] = [action === 'allow', index ?? policy.rules.length];
  const address = rangeOf(flow.address);
  const found = address
    ? byAddress
        .filter(({ range }) => rangeContains(range, address))
        .flatMap((doubt) => rulesIn(doubt, flow, isAllowed, end))
    : [];
  const target = new Target(flow);
  const couldFit = ({ rule, index: own }: DoubtfulRule) =>
    own < end && decidesOtherwise(rule, isAllowed) && rule.concerns(flow) && rule.isAboutPlace(target);
  found.push(...unclear.filter(couldFit));
  return found.sort((one, other) => one.index - other.index).map(({ name }) => name);
}

function rulesIn({ rules, said }: Doubt, flow: Flow, isAllowed: boolean, end: number): DoubtfulRule[] {
  const { host: _host, names: _names, address: _address, ...others } = flow;
  const key = JSON.stringify([isAllowed, end, others]);
  const found =
    said.get(key) ??
    rules.filter(
      ({ rule, index }) => index < end && decidesOtherwise(rule, isAllowed) && rule.concerns(flow),
    );
  said.set(key, found);
  return found;
}

function decidesOtherwise({ rule }: CompiledRule, isAllowed: boolean): boolean {
  return (actionOf(rule) === 'allow') !== isAllowed;
}

function doubtsOf(rules: readonly Rule[]): Doubts {
  const doubts = new Map<string, Doubt>();
  const unclear: DoubtfulRule[] = [];
  for (const [index, rule] of compiled(rules).entries()) {
    if (rule.rule.unclear !== undefined) unclear.push({ rule, index, name: ruleName(rule.rule) });
    for (const range of rule.unknown) {
      const key = `${range.first}-${range.last}`;
      const doubt: Doubt = doubts.get(key) ?? { range, rules: [], said: new Map() };
      doubts.set(key, doubt);
      doubt.rules.push({ rule, index, name: ruleName(rule.rule) });
    }
  }
  return { byAddress: [...doubts.values()], unclear };
}
