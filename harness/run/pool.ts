import type { Finished } from './run-scenario.js';
import { inThisProcess, type Runner, type RunnerOptions, type Task } from './runner.js';
import { WorkerProcess } from './worker-process.js';

export interface PoolOptions extends RunnerOptions {
  workers: number;
  onStarted(task: Task): Promise<void>;
  onFinished(task: Task, finished: Finished): Promise<void>;
}

/** A process costs about half a second to start; fewer scenarios than this are faster without. */
const worthAProcess = 12;

/**
 * Runs every task once, started in their order. Interrupted by `signal` it ends after what has finished; scenarios that
 * were under way are not reported.
 */
export async function finishAll(tasks: readonly Task[], options: PoolOptions): Promise<void> {
  const queue = [...tasks];
  const count = Math.max(1, Math.min(options.workers, Math.floor(tasks.length / worthAProcess)));
  const runners =
    count === 1 ? [inThisProcess(options)] : Array.from({ length: count }, () => new WorkerProcess(options));
  const drained = await Promise.allSettled(runners.map((runner) => drain(queue, runner, options)));
  for (const one of drained) if (one.status === 'rejected') throw one.reason;
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
