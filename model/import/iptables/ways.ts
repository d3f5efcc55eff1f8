import { noInterface } from '../condition.js';
import { Flattened } from '../flatten-chains.js';
import type { NotUnderstood } from '../importer.js';
import { behind, type Decisions, letsAllPass } from '../join-firewalls.js';
import { chainsOf } from './chains.js';
import type { Known } from './condition.js';
import type { Table } from './read-rules.js';

/** Chains that a new connection passes, in the order in which the kernel asks them; the filter's is whose rules they are. */
const ways = {
  edge: [
    ...[
      ['raw', 'PREROUTING'],
      ['mangle', 'PREROUTING'],
      ['nat', 'PREROUTING'],
      ['mangle', 'FORWARD'],
    ],
    ...[
      ['filter', 'FORWARD'],
      ['security', 'FORWARD'],
      ['mangle', 'POSTROUTING'],
    ],
  ],
  server: [
    ...[
      ['raw', 'OUTPUT'],
      ['mangle', 'OUTPUT'],
      ['nat', 'OUTPUT'],
      ['filter', 'OUTPUT'],
    ],
    ...[
      ['security', 'OUTPUT'],
      ['mangle', 'POSTROUTING'],
    ],
  ],
} as const;

/** What all chains on the way of connections decide together. */
export interface Way extends Decisions {
  understood: number;
  notUnderstood: NotUnderstood[];
  /** The table `filter` has rules or a policy for such connections. */
  isMeant: boolean;
  tooLong: NotUnderstood | undefined;
}

/** Reads chain after chain: one that accepts ends itself, one that drops ends all. */
export function wayOf(tables: readonly Table[], side: keyof typeof ways, file: string, known: Known): Way {
  const way: Way = {
    ...{ rules: [], policy: 'allow', line: 1, understood: 0, notUnderstood: [] },
    ...{ isMeant: false, tooLong: undefined },
  };
  for (const [name, chain] of ways[side]) {
    // Of a table that a file has twice the kernel keeps the later one.
    const table = tables.findLast((one) => one.name === name);
    const policy = table?.policies.get(chain);
    const hasRules = table?.rules.has(chain) ?? false;
    if (!table || (policy === undefined && !hasRules)) continue;
    const at: Known = {
      ...known,
      ...(side === 'server' && { comesBy: noInterface }),
      ...(chain === 'PREROUTING' && { goesBy: noInterface }),
    };
    const closes = policy === 'DROP' ? 'deny' : 'allow';
    const flattened = new Flattened(chainsOf(table, at), file, closes).read(chain);
    const line = table.lines.get(chain) ?? table.rules.get(chain)?.[0]?.line ?? 1;
    const next: Decisions = { rules: flattened.rules, policy: closes, line };
    way.tooLong ??= flattened.tooLong;
    way.understood += flattened.understood;
    way.notUnderstood.push(...flattened.notUnderstood);
    // A chain that says nothing and lets all pass is not this machine's business.
    if (name === 'filter') way.isMeant = hasRules || policy !== 'ACCEPT';
    const joined = behind(way, next);
    if (joined) Object.assign(way, { rules: joined.rules, policy: joined.policy, line: joined.line });
    else
      way.tooLong ??= {
        file,
        line,
        text: `:${chain}`,
        why: `with the chains before, ${chain} becomes too many rules`,
      };
  }
  return way;
}

/** Whether something on the way is stopped or led elsewhere. */
export function stopsSome(way: Way): boolean {
  return !letsAllPass(way);
}
