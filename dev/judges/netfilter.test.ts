import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compare } from './netfilter/compare.js';
import { flows } from './netfilter/drawn.js';
import { flowsOf, formatOf } from './netfilter/files.js';
import { ipsets } from './netfilter/ipsets.js';
import { iptablesSave, type Side } from './netfilter/iptables-saves.js';
import { askKernel, type Group, hasSets, type Ruleset, whyNot } from './netfilter/kernel.js';
import { nftRuleset } from './netfilter/nft-rulesets.js';

if (whyNot !== undefined) console.warn(`dev/judges: ${whyNot}`);
else if (!hasSets) console.warn('dev/judges: there is no ipset, so that no rule names a set');

// CI asks the same of every change; whoever looks for more takes others.
const seed = Number(process.env.SEED ?? (process.env.CI ? 7 : Date.now() % 1_000_000_000));
/** Of each kind. */
const numRuns = Number(process.env.RULESETS ?? 8);
const files = (process.env.FILES ?? '').split(',').filter((file) => file !== '');
const sides = ['edge', 'server'] as const;

function drawn(side: Side, format: Ruleset['format']): Group {
  const [texts, forms] =
    format === 'iptables'
      ? [iptablesSave(side, hasSets), ['save', 'list', 'json'] as const]
      : [nftRuleset(side), ['list', 'json'] as const];
  const one = fc.record({ format: fc.constant(format), text: texts, form: fc.constantFrom(...forms) });
  return { side, flows, rulesets: fc.sample(one, { numRuns, seed }) };
}

/** Files of people, loaded as they are. */
function groupOf(side: Side, file: string): Group {
  const text = readFileSync(file, 'utf8');
  return { side, flows: flowsOf(text), rulesets: [{ format: formatOf(text), text, flushes: true }] };
}

interface Judged {
  /** Decisions of imports, and of them those that are none. */
  all: number;
  notJudged: number;
  rulesets: number;
  refused: string[];
  differences: string[];
}

function judge(groups: readonly Group[]): Judged {
  const answers = askKernel(groups, hasSets ? ipsets : '');
  const judged: Judged = { all: 0, notJudged: 0, rulesets: 0, refused: [], differences: [] };
  for (const [index, group] of groups.entries())
    for (const [at, ruleset] of group.rulesets.entries()) {
      const answer = answers[index]?.[at];
      judged.rulesets++;
      if (answer?.actions === undefined) {
        judged.refused.push(`${answer?.refused}\n${ruleset.text}`);
        continue;
      }
      const compared = compare(group, ruleset, answer);
      judged.all += compared.all;
      judged.notJudged += compared.notJudged;
      judged.differences.push(...compared.differences);
    }
  const { all, notJudged, rulesets, refused } = judged;
  console.log(
    `${all - notJudged} of ${all} decisions about ${rulesets - refused.length} of ${rulesets} rule sets judged (SEED=${seed})`,
  );
  return judged;
}

it.skipIf(whyNot !== undefined)(
  'what an import of a firewall says of a connection is what the kernel does',
  () => {
    const groups = sides.flatMap((side) => [drawn(side, 'iptables'), drawn(side, 'nftables')]);
    const { all, notJudged, rulesets, refused, differences } = judge(groups);
    const told = `SEED=${seed} RULESETS=${numRuns}: ${differences.length} decisions; ${differences[0]}`;
    expect(differences.length, told).toBe(0);
    // Some the kernel does not take; but most.
    expect(refused.length / rulesets, refused.join('\n')).toBeLessThan(0.5);
    // Not judging anything would be right, too, and of no use.
    expect(notJudged / all, told).toBeLessThan(0.7);
  },
);

it.skipIf(whyNot !== undefined || files.length === 0)(
  'files of people are what the kernel makes of them',
  () => {
    const { differences, refused } = judge(files.flatMap((file) => sides.map((side) => groupOf(side, file))));
    if (refused.length > 0) console.log(`not loaded:\n${refused.join('\n').slice(0, 3000)}`);
    expect(differences).toEqual([]);
  },
);
