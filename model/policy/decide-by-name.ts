import type { Firewall, Rule } from '../site/schema.js';
import { compiledRule } from './compiled.js';
import { type Decision, decide, fits, type Policy } from './decide.js';
import type { Flow } from './flow.js';

/**
 * What a firewall decides by address alone that learns names from the ClientHello and the Host header;
 * undefined: it lets TCP connect, and the name that comes then decides.
 */
export function decideByAddress(policy: Policy, flow: Flow): Decision | undefined {
  const early = decide(policy, { ...flow, names: [] });
  const before = policy.rules.slice(0, early.index ?? policy.rules.length);
  const waits = before.some((rule) => needsName(rule) && fits(rule, { ...flow, names: [sample(rule)] }));
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

function needsName(rule: Rule): boolean {
  return compiledRule(rule).kind.by === 'name';
}

/** A name that the rule fits, to ask whether port, account and origin fit as well. */
function sample(rule: Rule): string {
  const { kind, destination } = compiledRule(rule);
  return kind.by === 'name' ? (kind.samples(destination.text)[0] ?? '') : destination.text;
}
