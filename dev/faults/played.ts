import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { exitCodeOf } from '../../harness/cli/closing.js';
import { readResults } from '../../model/verdict/read-results.js';
import type { RunResults } from '../../model/verdict/results.js';
import { type Aftermath, breachesOf, finishedIn } from './breaches.js';
import type { Draw } from './draw.js';
import { processorTime } from './family.js';
import type { Circumstances, Fault, Struck } from './fault.js';
import { Labs } from './labs.js';
import { type Moment, reached } from './moment.js';
import { type RunOf, StartedRun } from './started-run.js';

/** After so long what has not ended hangs, milliseconds: longer than the patience of anything in it. */
const mostMs = 600_000;

export interface Played {
  struck?: string;
  /** How it ended: an exit code, as a shell says it. */
  code: number;
  /** Scenarios that it said had finished, those that are reported, and of these, failures of the lab. */
  said: number;
  reported: number;
  labFailures: number;
  underWay: number;
  /** Containers that were there when all its processes had ended. */
  before: number;
  breaches: string[];
  /** What was counted until the end. */
  counted: StartedRun['counted'];
  /** Time of processors of its first process, milliseconds. */
  processorMs: number;
}

export interface Play extends RunOf {
  fault?: Fault;
  moment?: Moment;
  circumstances?: Circumstances;
  draw: Draw;
  /** On containers. */
  docker?: NonNullable<Struck['labs']>['docker'];
  daemon?: Struck['daemon'];
  /** Makes what was ended for it go again, before the next command. */
  restored?(): Promise<void>;
}

/** Runs, lets a fault strike, gives the next command, and says what must not be. */
export async function played(play: Play): Promise<Played> {
  const { fault, moment, circumstances, draw, docker, daemon, restored } = play;
  const { env, under } = circumstances ?? {};
  const run = await StartedRun.start({ ...play, env: { ...play.env, ...env }, under });
  const ours = docker && new Labs(docker, run.family);
  const unwatch = await ours?.watch(() => run.engineDid());
  let struck = circumstances?.words;
  if (fault?.strike && moment && (await reached(run, moment))) {
    await run.family.alive();
    struck = await fault.strike({ run, draw, ...(docker && ours && { labs: { docker, ours } }), daemon });
  }
  const { hung, processorMs } = await endOf(run);
  await run.closed;
  await restored?.();
  unwatch?.();
  const before = (await ours?.containers())?.length ?? 0;
  const byRun = existsSync(join(run.out, 'results.json'));
  const next = await nextCommands(play, run, byRun);
  const results = existsSync(join(run.out, 'results.json')) ? await readResults(run.out) : undefined;
  const ended = await run.ended;
  const aftermath: Aftermath = {
    ...{ end: fault?.end ?? 'unharmed', struck: struck !== undefined, ended, byRun, next },
    ...{ stdout: run.stdout, stderr: run.stderr },
    ...(results && { results, meant: exitCodeOf(results) }),
    left: [...hung, ...(await leftIn(run)), ...((await leftOf(ours)) ?? [])],
  };
  return {
    ...{ struck, code: ended.code, before, counted: run.counted, processorMs },
    ...{ said: finishedIn(run.stderr).length, ...countsOf(results), breaches: breachesOf(aftermath) },
  };
}

function countsOf(results: RunResults | undefined) {
  return {
    reported: results?.scenarios.length ?? 0,
    labFailures: results?.scenarios.filter(({ labFailed }) => labFailed).length ?? 0,
    underWay: results?.missing?.underWay.length ?? 0,
  };
}

/** Waits until all processes of a run have ended; those that never do are told, and ended. */
async function endOf(run: StartedRun): Promise<{ hung: string[]; processorMs: number }> {
  const given = performance.now();
  for (let processorMs = 0; ; processorMs = (await processorTime(run.pid)) ?? processorMs) {
    const there = await run.family.alive();
    if (there.length === 0) return { hung: [], processorMs };
    if (performance.now() - given > mostMs) {
      for (const { pid } of there) process.kill(pid, 'SIGKILL');
      return { hung: there.map(({ pid, commandLine }) => `process ${pid} (${commandLine})`), processorMs };
    }
    await setTimeout(100);
  }
}

/** What somebody would do now, each once: clear away what is left of labs, and report what there is. */
async function nextCommands({ program, docker, env }: Play, run: StartedRun, byRun: boolean) {
  const commands = [...(docker ? [['clean']] : []), ...(byRun ? [] : [['report', run.out]])];
  const next: { command: string; code: number; stderr: string }[] = [];
  for (const [command = '', ...args] of commands) {
    const one = await StartedRun.command({
      program,
      args: [command, ...args],
      env,
      temporary: run.temporary,
    });
    next.push({ command, ...one });
  }
  return next;
}

async function leftIn({ out, temporary }: StartedRun): Promise<string[]> {
  const files = (await readdir(out)).filter((name) => /\.partial$|^run\.lock/.test(name));
  return [...files, ...(await readdir(temporary))].map((name) => `file ${name}`);
}

async function leftOf(ours: Labs | undefined): Promise<string[] | undefined> {
  const containers = (await ours?.containers()) ?? [];
  const networks = (await ours?.networks()) ?? [];
  return [
    ...containers.map(({ Names }) => `container ${Names.join(' ')}`),
    ...networks.map((name) => `network ${name}`),
  ];
}
