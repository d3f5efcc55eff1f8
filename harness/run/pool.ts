import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Engine, NoEngineError } from '../engines/engine.js';
import type { LoadedScenario } from '../scenario/load.js';
import { judgeEnded } from '../verdict/judge-ended.js';
import type { PlayOptions } from './play.js';
import { type Finished, runScenario } from './run-scenario.js';

export interface PoolOptions {
  engine: Engine;
  workers: number;
  startAt: number;
  signal?: AbortSignal;
  /** Labs of scenarios that fail stay; told how to get in. */
  onKept?: PlayOptions['onKept'];
  onStarted(task: Task): Promise<void>;
  onFinished(task: Task, finished: Finished): Promise<void>;
}

/** One playing of a scenario. */
export interface Task extends LoadedScenario {
  /** From 1, where scenarios are repeated. */
  repetition?: number;
}

/** What a worker is told: a scenario by file and id, because functions do not cross processes. */
export interface WorkerTask {
  id: string;
  file: string;
  startAt: number;
  repetition?: number;
  keep: boolean;
}

/**
 * What a worker answers: how to get into a lab that stays, and in the end what was found, why nothing
 * could be, or that its engine has gone.
 */
export type WorkerMessage =
  | Finished
  | { kept: readonly string[] }
  | { failed: string }
  | { noEngine: string };

/** A process costs about half a second to start; fewer scenarios than this are faster without. */
const worthAProcess = 12;
/** How long a worker may take to close its labs, milliseconds. */
const farewellMs = 20_000;

/**
 * Runs every task once, started in their order. Interrupted by `signal` it ends after what has finished; scenarios that
 * were under way are not reported.
 */
export async function finishAll(tasks: readonly Task[], options: PoolOptions): Promise<void> {
  const queue = [...tasks];
  const count = Math.max(1, Math.min(options.workers, Math.floor(tasks.length / worthAProcess)));
  const runners =
    count === 1 ? [inThisProcess(options)] : Array.from({ length: count }, () => inWorker(options));
  const drained = await Promise.allSettled(runners.map((runner) => drain(queue, runner, options)));
  for (const one of drained) if (one.status === 'rejected') throw one.reason;
}

interface Runner extends AsyncDisposable {
  run(task: Task): Promise<Finished>;
}

async function drain(queue: Task[], runner: Runner, options: PoolOptions): Promise<void> {
  await using _ = runner;
  for (let task = queue.shift(); task && !options.signal?.aborted; task = queue.shift()) {
    try {
      await options.onStarted(task);
      await options.onFinished(task, await runner.run(task));
    } catch (error) {
      if (options.signal?.aborted) return;
      queue.length = 0;
      throw error;
    }
  }
}

function inThisProcess({ engine, startAt, signal, onKept }: PoolOptions): Runner {
  return {
    run: ({ scenario, repetition }) => runScenario(scenario, engine, { startAt, repetition, signal, onKept }),
    [Symbol.asyncDispose]: async () => {},
  };
}

/** A worker that ends fails the scenario it was at; the next one gets a new worker. */
function inWorker({ engine, startAt, signal, onKept }: PoolOptions): Runner {
  let current: ChildProcess | undefined;
  return {
    run: ({ scenario, file, repetition }) =>
      new Promise((resolve, reject) => {
        const worker = current && isUp(current) ? current : startWorker(engine);
        current = worker;
        const began = performance.now();
        const keep = onKept !== undefined;
        const task: WorkerTask = { id: scenario.id, file, startAt, repetition, keep };
        const settle = (end: () => void) => {
          worker.off('message', onMessage).off('exit', onExit).off('error', onError);
          signal?.removeEventListener('abort', onAbort);
          end();
        };
        const fail = (error: string) => {
          const ended = { durationMs: Math.round(performance.now() - began), error };
          settle(() => resolve({ results: judgeEnded(scenario, [], ended), events: [], ended }));
        };
        const onMessage = (message: WorkerMessage) => {
          if ('kept' in message) onKept?.(scenario, message.kept);
          else if ('failed' in message) fail(message.failed);
          else if ('noEngine' in message) settle(() => reject(new NoEngineError(message.noEngine)));
          else settle(() => resolve(message));
        };
        const onExit = (code: number | null, how: string | null) =>
          fail(`its worker process ended (${how ?? `exit code ${code}`})`);
        // It could not be started, or what it was told did not reach it.
        const onError = (error: Error) => fail(`its worker process cannot be used: ${error.message}`);
        const onAbort = () => settle(() => reject(signal?.reason));
        worker.on('message', onMessage).on('exit', onExit).on('error', onError);
        signal?.addEventListener('abort', onAbort);
        worker.send(task);
      }),
    [Symbol.asyncDispose]: async () => {
      if (!current || !isUp(current)) return;
      const worker = current;
      const gone = once(worker, 'exit');
      // It closes its labs and ends; one that cannot is ended.
      worker.disconnect();
      const timer = setTimeout(() => worker.kill('SIGKILL'), farewellMs);
      await gone;
      clearTimeout(timer);
    },
  };
}

function isUp({ pid, connected, exitCode, signalCode }: ChildProcess): boolean {
  return pid !== undefined && connected && exitCode === null && signalCode === null;
}

/** Processes, not threads: threads share one pool for cryptography, and gain nothing here. */
function startWorker({ name, settings }: Engine): ChildProcess {
  const source = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
  const program = fileURLToPath(new URL(source, import.meta.url));
  const worker = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), program, name, JSON.stringify(settings)],
    {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
    },
  );
  // One that cannot be started has several of them; whoever waits for it hears the first.
  return worker.on('error', () => {});
}
