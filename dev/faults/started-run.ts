import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { type FSWatcher, readFileSync, watch } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Family } from './family.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface RunOf {
  /** File of the compiled command line. */
  program: string;
  args: readonly string[];
  /** A folder of its own, for results and temporary files. */
  folder: string;
  env?: NodeJS.ProcessEnv;
  /** What starts it (`bash -c 'ulimit …; exec "$@"' bash`); absent: nothing. */
  under?: readonly string[];
}

/** How it ended, as a shell says it: 128 and the signal. */
export interface Ended {
  code: number;
  signal: NodeJS.Signals | null;
}

/** A command that runs, with what is seen of it. */
export class StartedRun {
  readonly out: string;
  /** For temporary files of it and all that it starts. */
  readonly temporary: string;
  readonly counted = { log: 0, progress: 0, engine: 0 };
  readonly ended: Promise<Ended>;
  /** Nobody holds its streams any more: all was read that it said. */
  readonly closed: Promise<unknown>;
  hasEnded = false;
  stdout = '';
  stderr = '';
  readonly #changed = new EventEmitter().setMaxListeners(0);
  readonly #watcher: FSWatcher;

  private constructor(
    readonly child: ChildProcess,
    readonly family: Family,
    folder: string,
  ) {
    this.out = outOf(folder);
    this.temporary = temporaryOf(folder);
    this.#watcher = watch(this.out, () => this.#readLog());
    child.stdout?.on('data', (chunk) => {
      this.stdout += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      this.stderr += chunk;
      this.#count('progress', this.stderr.split('\n').length - 1);
    });
    this.closed = once(child, 'close');
    this.ended = once(child, 'exit').then(([code, signal]) => {
      this.hasEnded = true;
      this.#watcher.close();
      this.#changed.emit('changed');
      return { code: code ?? 128 + numberOf(signal), signal };
    });
  }

  static async start({ program, args, folder, env = {}, under = [] }: RunOf): Promise<StartedRun> {
    await mkdir(outOf(folder), { recursive: true });
    await mkdir(temporaryOf(folder), { recursive: true });
    const family = new Family();
    const [file = '', ...more] = [...under, process.execPath, program, ...args, '--out', outOf(folder)];
    const child = spawn(file, more, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...environmentWith(temporaryOf(folder)), ...env, ...family.environment },
      // A group of its own, as a shell gives it.
      detached: true,
    });
    return new StartedRun(child, family, folder);
  }

  /** A command to which nothing happens: how it ends, and what it says. */
  static async command({
    program,
    args,
    env = {},
    temporary,
  }: Pick<RunOf, 'program' | 'args' | 'env'> & { temporary: string }): Promise<{
    code: number;
    stderr: string;
  }> {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...environmentWith(temporary), ...env },
    });
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals];
    return { code: code ?? 128 + numberOf(signal), stderr };
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** One more thing that the engine did. */
  engineDid(): void {
    this.#count('engine', this.counted.engine + 1);
  }

  /** Resolves when something is so, or the run has ended. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo() && !this.hasEnded) await once(this.#changed, 'changed');
  }

  #readLog(): void {
    try {
      const log = readFileSync(join(this.out, 'events.jsonl.partial'));
      let lines = 0;
      for (const byte of log) if (byte === 10) lines++;
      this.#count('log', lines);
    } catch {
      // There is none yet, or no more.
    }
  }

  #count(of: keyof StartedRun['counted'], count: number): void {
    if (count === this.counted[of]) return;
    this.counted[of] = count;
    this.#changed.emit('changed');
  }
}

const environmentWith = (temporary: string): NodeJS.ProcessEnv => ({
  ...process.env,
  ...{ NO_COLOR: '1', CI: 'true', GITHUB_ACTIONS: '', TMPDIR: temporary },
});
const outOf = (folder: string) => join(folder, 'out');
const temporaryOf = (folder: string) => join(folder, 'tmp');

const numbers: Partial<Record<NodeJS.Signals, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGTERM: 15,
  SIGSEGV: 11,
  SIGTRAP: 5,
  SIGILL: 4,
};
const numberOf = (signal: NodeJS.Signals) => numbers[signal] ?? 0;
