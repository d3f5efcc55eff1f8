import type { ChainRule, Verdict } from '../flatten-chains.js';
import { conditionOf, type Known } from './condition.js';
import type { IptablesRule, Table } from './read-rules.js';
import { targetsThatGoOn } from './targets.js';

/** Targets that lead a connection elsewhere. */
const elsewhere = new Set(['REDIRECT', 'DNAT', 'NETMAP', 'TPROXY']);

/** Chains of a table, also those that were named and never filled. */
export function chainsOf(table: Table, given: Known): Map<string, ChainRule[]> {
  const chains = new Map<string, ChainRule[]>([...table.policies.keys()].map((name) => [name, []]));
  for (const [name, rules] of table.rules)
    chains.set(
      name,
      rules.map((rule) => ({
        when: conditionOf(rule, given),
        verdict: verdictOf(rule, table),
        line: rule.line,
        text: rule.text,
      })),
    );
  return chains;
}

function verdictOf({ target, goes, options }: IptablesRule, table: Table): Verdict {
  if (target === undefined || targetsThatGoOn.has(target)) return { kind: 'go-on' };
  if (table.rules.has(target) || table.policies.has(target))
    return { kind: goes ? 'goto' : 'jump', chain: target };
  if (target === 'RETURN') return { kind: 'return' };
  if (target === 'ACCEPT') return { kind: 'allow' };
  // The source is another, and the connection goes its way.
  if (target === 'MASQUERADE' || target === 'SNAT') return { kind: 'allow' };
  if (target === 'DROP') return { kind: 'deny' };
  if (elsewhere.has(target))
    return {
      kind: 'unknown',
      why: `${target}: a connection that it takes goes elsewhere, which is not judged`,
    };
  if (target !== 'REJECT')
    return { kind: 'unknown', why: `what the target ${target} does is not known here` };
  const how = options.find(({ name }) => name === '--reject-with')?.values[0] ?? '';
  return { kind: how === 'tcp-reset' ? 'reset' : 'reject' };
}
