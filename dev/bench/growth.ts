import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { artefacts } from '../../harness/cli/artefacts.js';
import { citedEvidence, judgeLog } from '../../model/verdict/judge-log.js';
import { mergeLogs } from '../../model/verdict/merge.js';
import { readLog } from '../../model/verdict/read-log.js';
import { linesOf, type RunLog } from '../../model/verdict/run-log.js';
import { median, print } from './measure.js';
import { runOf, scenarioOf } from './run-of.js';

/**
 * `npm run bench:growth`: whether a thousand scenarios cost a hundred times what ten cost, in time
 * and memory. Ratios of the cost per scenario, measured in one run; the large number over the small.
 */
const [few, many] = [10, 1000] as const;
const shards = 8;

const folder = await mkdtemp(join(tmpdir(), 'connector-lab-growth-'));
const usual = await scenarioOf('ports/outbound-443#drop');

/** Milliseconds a scenario to read a log again, judge it and make every report. */
function reportOf(count: number): Promise<number> {
  return median(async () => {
    const began = performance.now();
    const { log } = await readLog(join(folder, `run-${count}`));
    const results = judgeLog(log);
    artefacts(results, citedEvidence(results, log.repetitions));
    return (performance.now() - began) / count;
  });
}

/** The log of a run as shards would have written it. */
async function writeShards({ run, sites, repetitions, end }: RunLog, to: string): Promise<string[]> {
  const names = Array.from({ length: shards }, (_, index) => join(to, String(index + 1)));
  for (const [index, name] of names.entries()) {
    const own = repetitions.filter((_, at) => at % shards === index);
    const scenarios = own.map(({ begun }) => begun.scenario);
    const shard = { index: index + 1, total: shards, plan: 'growth', scenarios };
    const lines = [...linesOf({ run: { ...run, shard }, sites, repetitions: own, ...(end && { end }) })];
    await mkdir(name, { recursive: true });
    await writeFile(join(name, 'events.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  }
  return names;
}

/** Milliseconds a scenario to read shards, merge and judge them. */
async function mergeOf(count: number): Promise<number> {
  const { log } = await readLog(join(folder, `run-${count}`));
  const names = await writeShards(log, join(folder, `shards-${count}`));
  return median(async () => {
    const began = performance.now();
    const parts = await Promise.all(names.map(async (name) => ({ name, log: (await readLog(name)).log })));
    judgeLog(mergeLogs(parts));
    return (performance.now() - began) / count;
  });
}

try {
  // What is loaded and compiled once is not growth.
  await runOf(usual, few, folder);
  const [small, large] = [await runOf(usual, few, folder), await runOf(usual, many, folder)];
  const per = (a: number, b: number, unit: string) => `${a.toFixed(2)} → ${b.toFixed(2)} ${unit} a scenario`;
  print(`run, ${few} → ${many} scenarios, time`, large.ms / small.ms, '≤ 1.2', per(small.ms, large.ms, 'ms'));
  print(
    `run, ${few} → ${many} scenarios, memory`,
    large.bytes / small.bytes,
    '≤ 1.2',
    per(small.bytes / 1024, large.bytes / 1024, 'KiB'),
  );
  for (const [what, work] of [
    ['report again', reportOf],
    [`merge of ${shards} shards`, mergeOf],
  ] as const) {
    await work(few);
    const [a, b] = [await work(few), await work(many)];
    print(`${what}, ${few} → ${many} scenarios, time`, b / a, '≤ 1.2', per(a, b, 'ms'));
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
