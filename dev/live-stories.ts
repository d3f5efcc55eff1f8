import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { exitCodes } from '../harness/cli/exit-codes.js';
import { main } from '../harness/cli/program.js';
import { livePatched } from './patched-stories.js';
import { stories } from './stories.js';

/**
 * Lives in the patched files of every story, one after the other: `npm run stories`, with the names of
 * some for these alone, with `--engine containers` on real machines.
 */
const { values, positionals } = parseArgs({
  options: { engine: { type: 'string', default: 'embedded' } },
  allowPositionals: true,
});
const folder = await mkdtemp(join(tmpdir(), 'connector-lab-stories-'));
const failed: string[] = [];
for (const [name, story] of Object.entries(stories)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const code = await livePatched(name, story, {
    folder,
    engine: values.engine,
    command: (args) => main(args),
  });
  process.stdout.write(`${code === 0 ? '✓' : `✗ (${code})`} ${name}\n`);
  if (code !== 0) failed.push(name);
  if (code === exitCodes.interrupted) break;
}
await rm(folder, { recursive: true });
const { user, system } = process.cpuUsage();
process.stdout.write(
  `${failed.length} failed; ${((user + system) / 1_000_000).toFixed(0)} s of processor time.\n`,
);
process.exitCode = failed.length > 0 ? 1 : 0;
