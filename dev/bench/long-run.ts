import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOf, scenarioOf } from './run-of.js';

/**
 * `npm run bench:long-run [-- COUNT [SCENARIO]]`: one run of so many scenarios (10,000 of the cheapest there is), with
 * every report: time and memory, as a row of a table. A process for each number, because a process says only the
 * most that it ever had.
 */
const [, , number = '10000', id = 'server/os-version#server-2012'] = process.argv;
const count = Number(number);
const folder = await mkdtemp(join(tmpdir(), 'connector-lab-long-run-'));
try {
  const usual = await scenarioOf(id);
  const before = process.cpuUsage();
  const { ms, bytes } = await runOf(usual, count, folder);
  const { user, system } = process.cpuUsage(before);
  const log = await stat(join(folder, `run-${count}`, 'events.jsonl'));
  const mebibytes = (value: number) => `${(value / 2 ** 20).toFixed(0)} MiB`;
  const cells = [
    count.toLocaleString('en'),
    `${((ms * count) / 1000).toFixed(0)} s`,
    `${((user + system) / 1000 / count).toFixed(1)} ms`,
    `${(bytes / 1024).toFixed(1)} KiB`,
    mebibytes(process.resourceUsage().maxRSS * 1024),
    mebibytes(log.size),
  ];
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
