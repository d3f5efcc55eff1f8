import type { Firewall, Rule } from '../site/schema.js';
import { type CompiledRule, compiled } from './compiled.js';
import { type Decision, decide, type Policy } from './decide.js';
import type { Flow } from './flow.js';
import { remembered } from './remembered.js';

interface NameRule {
  rule: CompiledRule;
  index: number;
}

const firsts = new WeakMap<readonly Rule[], readonly NameRule[]>();

/**
 * What a firewall decides by address alone that learns names from the ClientHello and the Host header;
 * undefined: it lets TCP connect, and the name that comes then decides.
 */
export function decideByAddress(policy: Policy, flow: Flow): Decision | undefined {
  const early = decide(policy, { ...flow, names: [] });
  const end = early.index ?? policy.rules.length;
  const waits = nameRules(policy.rules).some(({ rule, index }) => index < end && rule.concerns(flow));
  return waits ? undefined : early;
}

/** What it decides once it has read a name, or that there is none. */
export function decideByName(policy: Policy, flow: Flow, name: string | undefined): Decision {
  return decide(policy, { ...flow, names: name === undefined ? [] : [name] });
}

/** What the firewall at the edge does with a flow to a host; `byName`: TCP connected, and the name decided. */
export function decideAtEdge(firewall: Firewall, flow: Flow): Decision & { byName?: true } {
  if (firewall['names-from'] === 'dns') return decide(firewall, flow);
  return decideByAddress(firewall, flow) ?? { ...decideByName(firewall, flow, flow.host), byName: true };
}

/** For each combination of port, account and origin the first rule that a name can fit. */
function nameRules(rules: readonly Rule[]): readonly NameRule[] {
  return remembered(firsts, rules, () => {
    const found = new Map<string, NameRule>();
    for (const [index, rule] of compiled(rules).entries()) {
      if (rule.kind.by !== 'name' || rule.destination.text.includes('/')) continue;
      const { port, account, from, protocol } = rule.rule;
      const key = `${port} ${account} ${from} ${protocol}`;
      if (!found.has(key)) found.set(key, { rule, index });
    }
    return [...found.values()];
  });
}
