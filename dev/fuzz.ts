import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shortLine } from '../model/evidence/short-text.js';
import { fuzzed } from './fuzz/measured.js';
import { parsersIn } from './fuzz/parsers.js';

/**
 * `npm run fuzz [-- CASES [PARSER…]]`: 20,000 spoiled texts for every parser, each parser in a process of
 * its own, so that its memory is its own. `SEED=…` for others than the usual ones.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const own = fileURLToPath(import.meta.url);
/** With more to spare the process would grow because nothing stops it, and not because a text needs it. MiB. */
const mostHeap = 300;
const [cases = '20000', ...wanted] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'connector-lab-fuzz-'));
try {
  const parsers = await parsersIn(root, folder);
  const names = parsers.map(({ name }) => name);
  const [unknown] = wanted.filter((name) => !names.includes(name));
  const [only] = wanted;
  const alone = wanted.length === 1 ? parsers.find(({ name }) => name === only) : undefined;
  if (unknown !== undefined) {
    process.stderr.write(`no parser is called "${unknown}"; there are: ${names.join(', ')}\n`);
    process.exitCode = 2;
  } else if (alone) {
    const numRuns = Number(cases);
    const seed = Number(process.env.SEED ?? 777);
    const { slowest, longestMessage, grown, biggest } = await fuzzed(alone, { numRuns, seed }).catch(told);
    process.stdout.write(
      `| ${alone.name} | ${numRuns} | ${(slowest * 1000).toFixed(0)} ms | ${biggest.toFixed(0)} MiB | ${Math.max(0, grown).toFixed(0)} MiB | ${longestMessage} B |\n`,
    );
  } else {
    for (const name of wanted.length > 0 ? wanted : names) {
      const args = [`--max-old-space-size=${mostHeap}`, '--import', 'tsx', own, cases, name];
      const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
      if (status !== 0) process.exitCode = 1;
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** The text that was found is in it, which can be all of a megabyte. */
function told({ message }: Error): never {
  const lines = message.split('\n').map((line) => shortLine(line));
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(1);
}
