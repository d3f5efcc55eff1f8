import type { Firewall } from '../site/schema.js';
import { type CompiledRule, compiled } from './compiled.js';
import { type Decision, decide, type Policy } from './decide.js';
import type { Flow } from './flow.js';
import { remembered } from './remembered.js';

/** Of a firewall at the edge what it decides by. */
export type EdgePolicy = Policy & Pick<Firewall, 'names-from'>;

interface NameRule {
  rule: CompiledRule;
  index: number;
}

const firsts = new WeakMap<EdgePolicy, readonly NameRule[]>();

/**
 * What a firewall at the edge decides when TCP begins; undefined: it lets TCP connect, and a name that
 * comes then, in the ClientHello or the Host header, decides.
 */
export function decideByAddress(firewall: EdgePolicy, flow: Flow): Decision | undefined {
  const readable = nameRules(firewall);
  if (readable.length === 0 && firewall['names-from'] === 'dns') return decide(firewall, flow);
  const early = decide(firewall, ...knownOf(firewall, flow, []));
  const end = early.index ?? firewall.rules.length;
  const waits = readable.some(({ rule, index }) => index < end && rule.concerns(flow));
  return waits ? undefined : early;
}

/** What it decides once it has read a name, or that there is none. */
export function decideByName(firewall: EdgePolicy, flow: Flow, name: string | undefined): Decision {
  return decide(firewall, ...knownOf(firewall, flow, name === undefined ? [] : [name]));
}

/** What the firewall at the edge does with a flow to a host; `byName`: TCP connected, and the name decided. */
export function decideAtEdge(firewall: EdgePolicy, flow: Flow): Decision & { byName?: true } {
  return decideByAddress(firewall, flow) ?? { ...decideByName(firewall, flow, flow.host), byName: true };
}

/** A flow as rules know it, and as application rules do: by the names that were read. */
function knownOf(
  { 'names-from': namesFrom }: EdgePolicy,
  flow: Flow,
  names: readonly string[],
): [Flow, Flow] {
  const read = { ...flow, names };
  return namesFrom === 'sni' ? [read, read] : [flow, read];
}

/** For each combination of port, account and origin the first rule that a name that is read can fit. */
function nameRules(firewall: EdgePolicy): readonly NameRule[] {
  return remembered(firsts, firewall, () => {
    const found = new Map<string, NameRule>();
    for (const [index, rule] of compiled(firewall.rules).entries()) {
      if (rule.kind.by !== 'name' || rule.destination.text.includes('/')) continue;
      if (firewall['names-from'] === 'dns' && rule.rule.layer === undefined) continue;
      const { port, account, from, protocol, unclear } = rule.rule;
      if (unclear !== undefined) continue;
      const key = `${port} ${account} ${from} ${protocol}`;
      if (!found.has(key)) found.set(key, { rule, index });
    }
    return [...found.values()];
  });
}
