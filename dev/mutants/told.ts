import type { Mutant } from './mutant.js';

/** What became of a mutant. */
export interface Outcome {
  mutant: Mutant;
  /** Ids of the scenarios that failed without the behaviour. */
  noticed: readonly string[];
  /** Whether only the named scenarios were run, not the whole catalogue. */
  named: boolean;
}

/** One line for the terminal. */
export function inWords({ mutant, noticed, named }: Outcome): string {
  const [first, ...others] = noticed;
  const more = others.length > 0 ? `, and ${others.length} more` : '';
  const who = first === undefined ? `NOBODY${named ? ` of ${mutant.noticedBy}` : ''}` : first + more;
  return `${mutant.id.padEnd(38)} ${who}`;
}

/** So many names of scenarios are enough in the document. */
const mostNames = 3;

/**
 * The page of a run: what was measured, of how many in the table, and of which commit. A run of a part leaves
 * the other rows of the page as they are.
 */
export function document(
  outcomes: readonly Outcome[],
  table: readonly Pick<Mutant, 'id'>[],
  commit: string,
  page: string,
): string {
  const again = new Map(outcomes.map((one) => [one.mutant.id, rowOf(one)]));
  const before = page.split('\n');
  const rows = table.flatMap(
    ({ id }) => again.get(id) ?? before.find((line) => line.startsWith(`| \`${id}\` |`)) ?? [],
  );
  const isWhole = outcomes.length === table.length;
  const first = isWhole ? undefined : /^Measured at commit `(\w+)`/m.exec(page)?.[1];
  const measured = first === undefined ? `\`${commit}\`` : `\`${first}\`, a part again at \`${commit}\``;
  const unnoticed = rows.filter((row) => row.includes('| **nobody**')).length;
  const sum = `${rows.length} of ${table.length} behaviours, ${unnoticed === 0 ? 'none' : unnoticed} unnoticed.`;
  return `${[
    head,
    `Measured at commit ${measured}: ${sum}`,
    '',
    '| mutant | what is switched off | where | scenarios that notice |',
    '|---|---|---|---|',
    ...rows,
    '',
    tail,
    ...keptOf(page),
  ].join('\n')}\n`;
}

/** Where on the page another command tells of the model's pure tests. */
const ofPureTests = '## What pure tests notice';

/** What this command does not write. */
function keptOf(page: string): string[] {
  const at = page.indexOf(ofPureTests);
  return at < 0 ? [] : ['', page.slice(at).trimEnd()];
}

function rowOf({ mutant, noticed, named }: Outcome): string {
  const names = noticed.slice(0, mostNames).map((id) => `\`${id}\``);
  const more = noticed.length > mostNames ? ` and ${noticed.length - mostNames} more` : '';
  const nobody = `**nobody**${named ? ` of \`${mutant.noticedBy}\`, others not asked` : ''}`;
  const who = names.length === 0 ? nobody : names.join(', ') + more;
  return `| \`${mutant.id}\` | ${mutant.off} | \`${mutant.file}\` | ${who} |`;
}

const head = `# What the proofs notice

A proof is worth what it would notice. \`npm run mutants\` switches behaviours of the living lab off, one after the other, in a private copy of the sources, and runs the catalogue on the embedded engine: a behaviour that no scenario misses is a missing scenario. The command wrote this table.
`;

const tail = `Named are scenarios that were run first, because they should notice; others may notice, too. Unit tests that notice do not count.

## What is not in the table

- Rules by which the judge refuses (an unexpected result, an expectation that nothing met, a change that no traffic met): without one of them it only passes more, and no scenario of a catalogue that passes can tell. \`model/verdict/judge.test.ts\` and \`model/verdict/wrong-claims.test.ts\` hold them against evidence that is wrong in one field alone.
- What no connector, user or device of the lab does: requests that are malformed, met twice or smuggled in. [docs/security.md](security.md) has the tests of those.
- A report in the name of another connector that is still registered: a new registration of a server ends the earlier one, so that no connector of the lab shows such a certificate.
- What two places do, each of which is enough: a page in place of an answer is told by its type and by its text; connections are cut when a site changes, and steps begin anew.
- What only real machines do (squid, dnsmasq, the kernel's tables): \`npm run parity\` holds them against the embedded engine, result by result.`;
