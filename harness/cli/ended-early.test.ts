import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type RunResults, runResultsSchema } from '../../model/verdict/results.js';
import { runLineSchema } from '../../model/verdict/run-log.js';
import { ended, finishedBy, folder, lab, pressCtrlC, said, start } from './testing.js';

async function resultsIn(out: string): Promise<RunResults> {
  return runResultsSchema.parse(JSON.parse(await readFile(join(out, 'results.json'), 'utf8')));
}

/** The process ids of the workers of a run. */
async function workersOf(run: number | undefined): Promise<number[]> {
  const children = (await readFile(`/proc/${run}/task/${run}/children`, 'utf8')).trim().split(' ');
  const lines = await Promise.all(children.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8')));
  const workers = children.filter((_, index) => lines[index]?.includes('run/worker')).map(Number);
  expect(workers.length, `${lines}`).toBeGreaterThan(0);
  return workers;
}

/** The group of processes that Ctrl-C reaches together. */
async function groupOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
}

it('interrupted, writes what has finished and says that it is partial; whatever happened before is as it was', async () => {
  const out = await folder();
  const child = await start(['run', '--workers', '2', '--out', out]);
  const end = ended(child);
  await finishedBy(child, 1);

  // Another run into the same folder is told; this one, which waits meanwhile, goes on.
  child.kill('SIGSTOP');
  const second = await lab(['run', 'ports/outbound-443', '--out', out]);
  child.kill('SIGCONT');
  expect(second.code).toBe(2);
  expect(second.stderr).toContain(`cannot write ${out}: another run (process ${child.pid}) is writing there`);
  await finishedBy(child, 1);

  // A worker that is killed fails the scenario it was at by name, and the run goes on.
  const killed = existsSync('/proc/self/task') ? (await workersOf(child.pid)).slice(0, 1) : [];
  for (const pid of killed) {
    // Between two scenarios it would be at none: while the other goes on, this one is given its next.
    process.kill(pid, 'SIGSTOP');
    await finishedBy(child, 2);
    const told = said(child, '✗ ');
    process.kill(pid, 'SIGKILL');
    await told;
  }
  await finishedBy(child, 3);

  // Workers that are still starting have no say in it: it does not reach them.
  if (existsSync('/proc/self/task'))
    for (const pid of await workersOf(child.pid)) expect(await groupOf(pid)).not.toBe(child.pid);
  pressCtrlC(child);
  const { code, stderr } = await end;
  expect(code).toBe(130);
  expect(stderr).not.toMatch(/EBADF|^ +at /m);
  const results = await resultsIn(out);
  expect(results).toMatchObject({ partial: true, missing: { why: 'interrupted' } });
  expect(results.scenarios.length).toBeGreaterThan(1);
  expect(results.scenarios.flatMap(({ outcome, reason }) => (outcome === 'failed' ? [reason] : []))).toEqual(
    killed.map(() => 'the lab failed: its worker process ended (SIGKILL)'),
  );
  expect(results.summary.failed).toBe(killed.length);
});

it('a terminal that is closed ends a run like Ctrl-C, though nobody hears its words any more', async () => {
  const out = await folder();
  const child = await start(['run', '--workers', '2', '--out', out]);
  await finishedBy(child, 2);
  const end = ended(child);
  child.stdout?.destroy();
  child.stderr?.destroy();
  child.kill('SIGHUP');
  expect((await end).code).toBe(130);
  const { missing, summary, scenarios } = await resultsIn(out);
  expect({ why: missing?.why, failed: summary.failed }).toEqual({ why: 'interrupted', failed: 0 });
  expect(scenarios.length).toBeGreaterThan(1);
  expect(await readdir(out)).not.toContain('run.lock');
});

it('a run that is killed leaves enough for a report that says it is partial', async () => {
  const out = await folder();
  const child = await start(['run', '--workers', '2', '--out', out]);
  const end = ended(child);
  const moment = 1 + Math.floor(Math.random() * 6);
  await finishedBy(child, moment);
  child.kill('SIGKILL');
  await end;
  expect(await readdir(out)).toEqual(['events.jsonl.partial', 'run.lock']);
  const { code, stdout, stderr } = await lab(['report', out]);
  expect(code, `killed after ${moment}: ${stderr}`).toBe(1);
  expect(stdout.trim().split('\n').at(-1)).toMatch(/^Partial: the run was killed; /);
  const { partial, missing, scenarios, summary } = await resultsIn(out);
  expect({ partial, why: missing?.why, failed: summary.failed }).toEqual({
    partial: true,
    why: 'killed',
    failed: 0,
  });
  // What was printed had been written.
  expect(scenarios.length).toBeGreaterThanOrEqual(moment);
  const [first = ''] = (await readFile(join(out, 'events.jsonl'), 'utf8')).split('\n');
  const { selected } = runLineSchema.parse(JSON.parse(first));
  const { underWay = [], notStarted = [] } = missing ?? {};
  expect(scenarios.length + underWay.length + notStarted.length).toBe(selected.length);
  // It may be killed between two: then nothing was under way.
  expect(underWay.length + notStarted.length).toBeGreaterThan(0);
  const left = (await readdir(out)).filter((name) => /\.partial$|\.lock/.test(name));
  expect(left).toEqual([]);
});
