// `npm run mutants [PART OF AN ID]…`: switches behaviours of the living lab off, one after the other, in a private
// copy of the sources, and says which scenarios notice. 1: somebody has to write one, 2: nothing could be said.
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runCatalogue } from './mutants/catalogue-run.js';
import { chosen } from './mutants/choose.js';
import type { Mutant } from './mutants/mutant.js';
import { PrivateCopy } from './mutants/private-copy.js';
import { mutants } from './mutants/table.js';
import { document, inWords, type Outcome } from './mutants/told.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const git = (...words: string[]) => execFileSync('git', ['-C', root, ...words], { encoding: 'utf8' }).trim();

const options = {
  /** Only what is in files that differ from this commit. */
  since: { type: 'string' },
  shard: { type: 'string' },
  /** Only the scenarios that a mutant names. */
  fast: { type: 'boolean' },
  list: { type: 'boolean' },
  /** Writes the page, or of a part of the table its rows. */
  document: { type: 'boolean' },
} as const;

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const touched =
    values.since === undefined ? {} : { touched: git('diff', '--name-only', values.since).split('\n') };
  const asked = chosen(mutants, {
    patterns: positionals,
    ...touched,
    ...(values.shard && { shard: values.shard }),
  });
  if (values.list) {
    for (const { id, off, noticedBy } of asked) console.log(`${id.padEnd(38)} ${off} (${noticedBy})`);
    return 0;
  }
  if (asked.length === 0) {
    console.log('No mutant is in what was touched.');
    return 0;
  }
  await using copy = await PrivateCopy.of(root);
  const outcomes = await lookAll(copy, asked, values.fast === true);
  const unnoticed = outcomes.filter(({ noticed }) => noticed.length === 0);
  console.log(`\n${asked.length} behaviours switched off, ${unnoticed.length} of them unnoticed`);
  for (const { mutant } of unnoticed) console.log(`NOBODY notices ${mutant.id}: ${mutant.off}`);
  if (values.document) {
    const path = join(root, 'docs/mutants.md');
    const page = await readFile(path, 'utf8');
    await writeFile(path, document(outcomes, mutants, git('rev-parse', '--short', 'HEAD'), page));
  }
  return unnoticed.length > 0 ? 1 : 0;
}

async function lookAll(copy: PrivateCopy, asked: readonly Mutant[], fast: boolean): Promise<Outcome[]> {
  const patterns = [...new Set(asked.map(({ noticedBy }) => noticedBy))];
  console.log(`With everything switched on: ${patterns.join('; ')}`);
  const { failed } = await runCatalogue(copy.folder, patterns);
  const [broken] = failed;
  if (broken) throw new Error(`${broken.id} fails with everything switched on: ${broken.reason}`);
  const outcomes: Outcome[] = [];
  for (const mutant of asked) {
    const outcome = await copy.without(mutant, () => look(copy, mutant, fast));
    outcomes.push(outcome);
    console.log(inWords(outcome));
  }
  return outcomes;
}

/** First the scenarios that should notice, then all. */
async function look(copy: PrivateCopy, mutant: Mutant, fast: boolean): Promise<Outcome> {
  const run = async (...patterns: string[]) =>
    (await runCatalogue(copy.folder, patterns)).failed.map(({ id }) => id);
  const named = await run(mutant.noticedBy);
  if (named.length > 0 || fast) return { mutant, noticed: named, named: true };
  return { mutant, noticed: await run(), named: false };
}
