import type { ChainRule, Verdict } from '../flatten-chains.js';
import type { ImportOptions } from '../importer.js';
import { conditionOf } from './condition.js';
import type { IptablesRule, Table } from './read-rules.js';
import { targetsThatGoOn } from './targets.js';

/** Chains of a table, also those that were named and never filled. */
export function chainsOf(table: Table, given: ImportOptions): Map<string, ChainRule[]> {
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
  if (target === 'DROP') return { kind: 'deny' };
  if (target !== 'REJECT')
    return { kind: 'unknown', why: `what the target ${target} does is not known here` };
  const how = options.find(({ name }) => name === '--reject-with')?.values[0] ?? '';
  return { kind: how === 'tcp-reset' ? 'reset' : 'reject' };
}
