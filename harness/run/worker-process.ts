import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { judgeEnded } from '../../model/verdict/judge-ended.js';
import { type Engine, NoEngineError } from '../engines/engine.js';
import type { Finished } from './run-scenario.js';
import type { Runner, RunnerOptions, Task } from './runner.js';

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

type LastWord = Exclude<WorkerMessage, { kept: unknown }>;

/** How long a worker may take to close its labs, milliseconds. */
const farewellMs = 120_000;

/** Runs scenarios in a process of their own. One that ends fails the scenario it was at; the next one gets another. */
export class WorkerProcess implements Runner {
  #process: ChildProcess | undefined;

  constructor(private readonly options: RunnerOptions) {}

  /**
   * @throws NoEngineError where the worker's engine has gone
   * @throws the signal's reason where it is aborted
   */
  async run({ scenario, file, repetition }: Task): Promise<Finished> {
    const { engine, startAt, onKept } = this.options;
    const task: WorkerTask = { id: scenario.id, file, startAt, repetition, keep: onKept !== undefined };
    const began = performance.now();
    const answer = await this.#ask(engine, task, (how) => onKept?.(scenario, how));
    if ('noEngine' in answer) throw new NoEngineError(answer.noEngine);
    if (!('failed' in answer)) return answer;
    const ended = { durationMs: Math.round(performance.now() - began), error: answer.failed };
    return { results: judgeEnded(scenario, [], ended), events: [], ended };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const worker = this.#process;
    if (!worker || !isUp(worker)) return;
    const gone = once(worker, 'exit');
    // It closes its labs and ends; one that cannot is ended.
    worker.disconnect();
    const timer = setTimeout(() => worker.kill('SIGKILL'), farewellMs);
    await gone;
    clearTimeout(timer);
  }

  /** What the worker says in the end, or what there is to say of its own end. */
  async #ask(
    engine: Engine,
    task: WorkerTask,
    onKept: (howToGetIn: readonly string[]) => void,
  ): Promise<LastWord> {
    const { signal } = this.options;
    let worker: ChildProcess;
    try {
      worker = this.#process && isUp(this.#process) ? this.#process : start(engine);
      this.#process = worker;
    } catch (error) {
      return cannotBeUsed(error as Error);
    }
    let stopListening = () => {};
    const answer = new Promise<LastWord>((resolve, reject) => {
      const listeners = {
        message: (message: WorkerMessage) => ('kept' in message ? onKept(message.kept) : resolve(message)),
        exit: (code: number | null, how: string | null) =>
          resolve({ failed: `its worker process ended (${how ?? `exit code ${code}`})` }),
        // It could not be started, or what it was told did not reach it.
        error: (error: NodeJS.ErrnoException) => {
          if (error.code !== 'EPIPE') return resolve(cannotBeUsed(error));
          // It was ended before it heard: how is told when its end is known.
          worker.kill('SIGKILL');
        },
      };
      const onAbort = () => reject(signal?.reason);
      for (const [name, listener] of Object.entries(listeners)) worker.on(name, listener);
      signal?.addEventListener('abort', onAbort);
      stopListening = () => {
        for (const [name, listener] of Object.entries(listeners)) worker.off(name, listener);
        signal?.removeEventListener('abort', onAbort);
      };
    });
    // Without a channel there is none to tell, and the error is under way.
    if (worker.pid !== undefined) worker.send(task);
    return answer.finally(stopListening);
  }
}

function cannotBeUsed({ message }: Error): LastWord {
  return { failed: `its worker process cannot be used: ${message}` };
}

function isUp({ pid, connected, exitCode, signalCode }: ChildProcess): boolean {
  return pid !== undefined && connected && exitCode === null && signalCode === null;
}

/** Processes, not threads: threads share one pool for cryptography, and gain nothing here. */
function start({ name, settings }: Engine): ChildProcess {
  // In a clone the sources run as they are.
  const [source, loader] = import.meta.url.endsWith('.ts')
    ? ['./worker.ts', ['--import', import.meta.resolve('tsx')]]
    : ['./worker.js', []];
  const program = fileURLToPath(new URL(source, import.meta.url));
  const worker = spawn(process.execPath, [...loader, program, name, JSON.stringify(settings)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
    // A group of its own: Ctrl-C reaches the runner alone, which decides when this one ends.
    detached: true,
  });
  // One that cannot be started has several of them; whoever waits for it hears the first.
  return worker.on('error', () => {});
}
