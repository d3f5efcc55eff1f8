import { Worker } from 'node:worker_threads';
import type { Engine } from '../engines/engine.js';
import type { LoadedScenario } from '../scenario/load.js';
import type { Scenario } from '../scenario/scenario.js';
import { type Finished, runScenario } from './run-scenario.js';

export interface PoolOptions {
  engine: Engine;
  workers: number;
  startAt: number;
  signal?: AbortSignal;
  onStarted(scenario: Scenario): void;
  onFinished(scenario: Scenario, finished: Finished): Promise<void>;
}

/** What a worker is told: a scenario by file and id, because functions do not cross threads. */
export interface WorkerTask {
  id: string;
  file: string;
  engine: Engine['name'];
  startAt: number;
}

/** A thread costs about half a second to start; fewer scenarios than this are faster without. */
const worthAThread = 12;

/**
 * Runs every scenario once. Interrupted by `signal` it ends after what has finished; scenarios that
 * were under way are not reported.
 */
export async function finishAll(scenarios: readonly LoadedScenario[], options: PoolOptions): Promise<void> {
  const queue = [...scenarios];
  const count = Math.max(1, Math.min(options.workers, Math.floor(scenarios.length / worthAThread)));
  const runners = count === 1 ? [inThisThread(options)] : Array.from({ length: count }, () => inWorker(options));
  await Promise.all(runners.map((runner) => drain(queue, runner, options)));
}

interface Runner extends AsyncDisposable {
  run(task: LoadedScenario): Promise<Finished>;
}

async function drain(queue: LoadedScenario[], runner: Runner, options: PoolOptions): Promise<void> {
  await using _ = runner;
  for (let task = queue.shift(); task && !options.signal?.aborted; task = queue.shift()) {
    options.onStarted(task.scenario);
    try {
      await options.onFinished(task.scenario, await runner.run(task));
    } catch (error) {
      if (options.signal?.aborted) return;
      queue.length = 0;
      throw error;
    }
  }
}

function inThisThread({ engine, startAt, signal }: PoolOptions): Runner {
  return {
    run: ({ scenario }) => runScenario(scenario, engine, { startAt, signal }),
    [Symbol.asyncDispose]: async () => {},
  };
}

function inWorker({ engine, startAt, signal }: PoolOptions): Runner {
  const worker = new Worker(workerProgram(), { eval: true });
  return {
    run: ({ scenario, file }) =>
      new Promise((resolve, reject) => {
        const task: WorkerTask = { id: scenario.id, file, engine: engine.name, startAt };
        const settle = (end: () => void) => {
          worker.off('message', onMessage).off('error', onError);
          signal?.removeEventListener('abort', onAbort);
          end();
        };
        const onMessage = (finished: Finished) => settle(() => resolve(finished));
        const onError = (error: Error) => settle(() => reject(error));
        const onAbort = () => settle(() => reject(signal?.reason));
        worker.on('message', onMessage).on('error', onError);
        signal?.addEventListener('abort', onAbort);
        worker.postMessage(task);
      }),
    [Symbol.asyncDispose]: async () => {
      await worker.terminate();
    },
  };
}

/** Threads do not inherit the TypeScript loader, which scenario files need in any case. */
function workerProgram(): string {
  const source = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
  const [loader, worker] = [import.meta.resolve('tsx/esm/api'), new URL(source, import.meta.url).href];
  return `import(${JSON.stringify(loader)}).then(({ register }) => (register(), import(${JSON.stringify(worker)})))`;
}
