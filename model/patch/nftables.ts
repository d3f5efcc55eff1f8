import { readText } from '../import/nftables/read-text.js';
import type { Chain, Ruleset } from '../import/nftables/ruleset.js';
import { type AddressOpening, byAddress } from './by-address.js';
import { beforeLine, behindLine, type Edit } from './edit.js';
import type { Ask, Patch, Patcher } from './patcher.js';

const hooks = { edge: 'forward', server: 'output' } as const;

/** `nft list ruleset`: a rule in the chain of the one that closes today, before it. */
export const nftables: Patcher = {
  format: 'nftables',
  kinds: ['open-edge', 'open-host'],
  patch({ text }, ask): Patch {
    const { openings, leftOut } = byAddress(ask, ruleOf);
    if (/^\s*\{/.test(text)) {
      const why = 'rules are written into the text of a rule set, and this is its JSON: `nft list ruleset`';
      return { edits: [], leftOut: [{ places: [...ask.places], why }] };
    }
    if (text.split('\n').some(hasChainAndMore)) {
      const why = 'several statements stand on one line of it: give what `nft list ruleset` prints';
      return { edits: [], leftOut: [{ places: [...ask.places], why }] };
    }
    const ruleset = readText(text);
    const edits = openings.flatMap((opening) => editsFor(opening, ruleset, ask, text));
    return { edits, leftOut };
  },
};

/** Whether something stands behind the bracket that a chain opens, in its line. */
function hasChainAndMore(line: string): boolean {
  const chain = line.search(/\bchain\b/);
  const open = chain < 0 ? -1 : line.indexOf('{', chain);
  return open >= 0 && line.slice(open + 1).trim() !== '';
}

function editsFor(opening: AddressOpening, { tables }: Ruleset, { side }: Ask, text: string): Edit[] {
  const chains = tables
    .filter(({ family }) => family === 'inet' || family === 'ip')
    .flatMap((table) => [...table.chains.values()]);
  return chains.flatMap((chain) => {
    const closing = chain.rules.filter(({ line }) => opening.closedAt.includes(line));
    const first = closing.reduce<number | undefined>(
      (least, { line }) => Math.min(least ?? line, line),
      undefined,
    );
    if (first !== undefined) return [beforeLine(text, first, [`${indentOf(text, first)}${ruleOf(opening)}`])];
    const isOwn = chain.hook?.name === hooks[side] && chain.isClosed;
    const isPolicy = opening.closedAt.includes(chain.line) || (opening.byDefault && isOwn);
    return isPolicy ? [atEnd(chain, opening, text)] : [];
  });
}

/** What no rule is about, the policy of the chain closes: behind its last rule. */
function atEnd(chain: Chain, opening: AddressOpening, text: string): Edit {
  const lines = text.split('\n');
  let last = Math.max(chain.line, ...chain.rules.map(({ line }) => line));
  // A rule goes on in the next line where a set in it is not closed yet.
  for (let open = 0; last < lines.length; last++) {
    const line = lines[last - 1] ?? '';
    open += line.split('{').length - line.split('}').length;
    if (open <= 0 && !line.endsWith('\\')) break;
  }
  return behindLine(text, last, [`${indentOf(text, chain.rules[0]?.line ?? chain.line)}${ruleOf(opening)}`]);
}

function indentOf(text: string, line: number): string {
  return /^\s*/.exec(text.split('\n')[line - 1] ?? '')?.[0] ?? '';
}

function ruleOf({ from, to, port }: AddressOpening): string {
  return [
    ...(from === undefined ? [] : [`ip saddr ${from}`]),
    ...(to === undefined ? [] : [`ip daddr ${to}`]),
    `tcp dport ${port} accept`,
  ].join(' ');
}
