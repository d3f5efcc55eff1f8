import { type IptablesRule, readTables, type Table } from '../import/iptables/read-rules.js';
import { type AddressOpening, byAddress } from './by-address.js';
import { beforeLine, behindLine, type Edit } from './edit.js';
import type { Ask, Patch, Patcher } from './patcher.js';

const chains = { edge: 'FORWARD', server: 'OUTPUT' } as const;

/** `iptables-save`: a rule in the chain of the one that closes today, before it. */
export const iptables: Patcher = {
  format: 'iptables',
  kinds: ['open-edge', 'open-host'],
  patch({ text }, ask): Patch {
    const table = readTables(text).tables.find(({ name }) => name === 'filter');
    const own = chains[ask.side];
    const { openings, leftOut } = byAddress(ask, (one) => ruleOf(own, one));
    if (!table) return { edits: [], leftOut };
    const lines = new Map<number, string[]>();
    const edits = openings.flatMap((opening) => editsFor(opening, table, ask, text, lines));
    return { edits, leftOut };
  },
};

function editsFor(
  opening: AddressOpening,
  table: Table,
  { side }: Ask,
  text: string,
  written: Map<number, string[]>,
): Edit[] {
  const all = [...table.rules.values()].flat();
  const closing = opening.closedAt.flatMap((line) => all.find((one) => one.line === line) ?? []);
  // In each chain the first of them: what is let through before it meets no later one.
  const first = new Map<string, IptablesRule>();
  for (const one of closing)
    if (one.line < (first.get(one.chain)?.line ?? Number.POSITIVE_INFINITY)) first.set(one.chain, one);
  const edits = [...first.values()].flatMap((rule) => {
    const line = `${countersOf(rule)}${ruleOf(rule.chain, opening)}`;
    const known = written.get(rule.line) ?? [];
    if (known.includes(line)) return [];
    written.set(rule.line, [...known, line]);
    return [beforeLine(text, rule.line, [line])];
  });
  if (!opening.byDefault || first.has(chains[side])) return edits;
  return [...edits, atEnd(chains[side], opening, table, text)];
}

/** What no rule is about, the policy of the chain closes: behind its last rule. */
function atEnd(chain: string, opening: AddressOpening, table: Table, text: string): Edit {
  const last = table.rules.get(chain)?.at(-1);
  if (last) return behindLine(text, last.line, [`${countersOf(last)}${ruleOf(chain, opening)}`]);
  const declared = Math.max(...table.lines.values());
  return behindLine(text, declared, [ruleOf(chain, opening)]);
}

/** `iptables-save -c` writes counters before its rules. */
function countersOf({ text }: IptablesRule): string {
  return /^\[\d+:\d+\]/.test(text) ? '[0:0] ' : '';
}

function ruleOf(chain: string, { from, to, port }: AddressOpening): string {
  return [
    `-A ${chain}`,
    ...(from === undefined ? [] : [`-s ${withMask(from)}`]),
    ...(to === undefined ? [] : [`-d ${withMask(to)}`]),
    `-p tcp -m tcp --dport ${port} -j ACCEPT`,
  ].join(' ');
}

function withMask(address: string): string {
  return address.includes('/') ? address : `${address}/32`;
}
