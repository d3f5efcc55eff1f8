import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { EvidenceOf } from '../../model/verdict/kept-events.js';
import type { RunResults } from '../../model/verdict/results.js';
import type { LogLine } from '../../model/verdict/run-log.js';
import { writeAnew } from './anew.js';
import { FolderLock } from './folder-lock.js';
import { OutputError } from './output-error.js';

async function orExplain<T>(
  path: string,
  work: () => Promise<T>,
  kept?: () => string,
  option?: string,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof OutputError ? error : new OutputError(path, error, kept?.(), option);
  }
}

/**
 * With the folders above it. Node's own `recursive` never ends where the system says that there is no
 * such folder even when the one above is there, as below /proc. `option`: what says where it is.
 * @throws OutputError
 */
export async function makeFolder(folder: string, option = '--out'): Promise<void> {
  const above = dirname(resolve(folder));
  if (!existsSync(above)) await makeFolder(above, option);
  const make = () =>
    mkdir(folder).catch(async (error: NodeJS.ErrnoException) => {
      // Somebody else was faster.
      if (error.code !== 'EEXIST' || !(await stat(folder)).isDirectory()) throw error;
    });
  await orExplain(folder, make, undefined, option);
}

/** Reports in the formats the caller wants: file name → text; undefined: there is none of that name. */
export type Artefacts = (results: RunResults, evidence: EvidenceOf) => Record<string, string | undefined>;

/**
 * A run's folder. Everything is written beside its final name and put in place at the end, so that
 * a full disk or a crash leaves earlier results as they were. What they leave of the log stays.
 */
export class Output implements AsyncDisposable {
  readonly #pending = new Map<string, string>();
  /** Files of earlier results that these do not have. */
  readonly #outdated: string[] = [];
  readonly #log: string;
  #appended: Promise<void> = Promise.resolve();
  /** Length of the log in whole lines, bytes. */
  #length = 0;

  private constructor(
    readonly folder: string,
    private readonly events?: FileHandle,
    private readonly lock?: FolderLock,
  ) {
    this.#log = join(folder, logName);
  }

  /** For a run, with a log of its own. @throws OutputError */
  static async open(folder: string): Promise<Output> {
    await makeFolder(folder);
    const lock = await orExplain(folder, () => FolderLock.take(lockOf(folder)));
    if (typeof lock === 'number')
      throw new OutputError(
        folder,
        new Error(`another run (process ${lock}) is writing there; wait for it, or choose another --out`),
      );
    const file = partial(join(folder, logName));
    try {
      await orExplain(folder, () => rm(capturesOf(folder), { recursive: true, force: true }));
      // A link that lies there would lead to something else.
      await orExplain(file, () => rm(file, { force: true }));
      return new Output(folder, await orExplain(file, () => open(file, 'wx')), lock);
    } catch (error) {
      await lock[Symbol.asyncDispose]();
      throw error;
    }
  }

  /**
   * For reports about the log that is there. One that a run left, or still writes, gets its final
   * name at {@link commit} and stays the same file: nothing is lost if this is killed, and a run that
   * is under way goes on.
   */
  static again(folder: string): Output {
    return new Output(folder);
  }

  /**
   * Appends lines to the log, all of them together and after those given before: callers at the same
   * time never mix. @throws OutputError
   */
  append(lines: readonly LogLine[]): Promise<void> {
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    this.#appended = this.#appended.then(() =>
      this.#explain(this.#log, async () => {
        try {
          await this.events?.appendFile(text);
          this.#length += Buffer.byteLength(text);
        } catch (error) {
          // Half a line is no evidence; every whole one is.
          await this.events?.truncate(this.#length).catch(() => {});
          throw error;
        }
      }),
    );
    return this.#appended;
  }

  /** Writes a file of the results; it takes its place at {@link commit}. @throws OutputError */
  async write(name: string, text: string): Promise<void> {
    const file = join(this.folder, name);
    this.#pending.set(file, partial(file));
    await this.#explain(file, () => writeAnew(partial(file), text));
  }

  /** Writes the results and the reports made from them. @throws OutputError */
  async writeResults(results: RunResults, evidence: EvidenceOf, artefacts?: Artefacts): Promise<void> {
    await this.write('results.json', `${JSON.stringify(results, null, 2)}\n`);
    for (const [name, text] of Object.entries(artefacts?.(results, evidence) ?? {}))
      if (text === undefined) this.#outdated.push(join(this.folder, name));
      else await this.write(name, text);
  }

  /**
   * Takes the captures of another run's folder, which the reports of a merge link to.
   * @throws OutputError
   */
  async copyCaptures(from: string): Promise<void> {
    // Where a run was killed, or goes on, they are not in their place; what is there is an earlier run's.
    const source = existsSync(capturesOf(from)) ? capturesOf(from) : evidenceOf(from);
    const to = capturesOf(this.folder);
    if (existsSync(source)) await orExplain(to, () => cp(source, to, { recursive: true }));
  }

  /** Puts everything written in place of earlier results. @throws OutputError */
  async commit(): Promise<void> {
    await this.#explain(this.folder, async () => {
      await this.events?.sync();
      await this.#placeLog();
      for (const [file, from] of this.#pending) await rename(from, file);
      for (const file of this.#outdated) await rm(file, { force: true });
      await this.#placeCaptures();
      // With what a killed run left, its lock has done its work.
      if (!this.events) FolderLock.clear(lockOf(this.folder));
    });
    this.#pending.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.events?.close();
    for (const from of this.#pending.values()) await rm(from, { force: true });
    await this.lock?.[Symbol.asyncDispose]();
  }

  #explain(path: string, work: () => Promise<void>): Promise<void> {
    return orExplain(path, work, () =>
      this.#length > 0
        ? `; what had finished is in the log: connector-lab report ${this.folder} makes its report`
        : '',
    );
  }

  /**
   * A run's captures take the place of an earlier run's; so do those of a run that was killed. One that
   * is under way goes on writing them: a report about it links to where they will be.
   */
  async #placeCaptures(): Promise<void> {
    if (!this.events && FolderLock.isHeld(lockOf(this.folder))) return;
    const evidence = evidenceOf(this.folder);
    const captured = existsSync(capturesOf(this.folder));
    if (captured || this.events) await rm(evidence, { recursive: true, force: true });
    if (captured) await rename(capturesOf(this.folder), evidence);
  }

  async #placeLog(): Promise<void> {
    try {
      await rename(partial(this.#log), this.#log);
    } catch (error) {
      // A report about this run was made while it ran, and has put the log in place.
      const placed = await stat(this.#log);
      if (this.events && (await this.events.stat()).ino !== placed.ino) throw error;
    }
  }
}

const logName = 'events.jsonl';

/** Where engines write captures of a run that goes into `folder`, until it is over. */
export function capturesOf(folder: string): string {
  return partial(evidenceOf(folder));
}

function lockOf(folder: string): string {
  return join(folder, 'run.lock');
}

function evidenceOf(folder: string): string {
  return join(folder, 'evidence');
}

function partial(file: string): string {
  return `${file}.partial`;
}

/** A short stable name for a value: equal values share it. */
export function keyOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);
}
