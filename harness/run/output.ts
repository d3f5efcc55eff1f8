import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabEvent } from '../evidence/event.js';

/** A folder for results could not be written; earlier results in it are untouched. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
  constructor(
    readonly path: string,
    cause: unknown,
  ) {
    const { code, message } = cause as NodeJS.ErrnoException;
    super(`cannot write ${path}: ${wordsFor[code ?? ''] ?? message}`, { cause });
  }
}

const wordsFor: Record<string, string> = {
  ENOSPC: 'the disk is full; free some space or choose another --out',
  EACCES: 'no permission; choose another --out',
  EROFS: 'the file system is read-only; choose another --out',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'there is a file of that name where a folder is needed',
  EDQUOT: 'the disk quota is used up; choose another --out',
};

async function orExplain<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof OutputError ? error : new OutputError(path, error);
  }
}

/**
 * A run's folder. Everything is written beside its final name and put in place at the end, so that
 * a full disk or a crash leaves earlier results as they were.
 */
export class Output implements AsyncDisposable {
  readonly #pending = new Map<string, string>();

  private constructor(
    readonly folder: string,
    private readonly events: FileHandle,
  ) {
    this.#pending.set(join(folder, 'events.jsonl'), partial(join(folder, 'events.jsonl')));
  }

  /** @throws OutputError */
  static async open(folder: string): Promise<Output> {
    await orExplain(folder, () => mkdir(folder, { recursive: true }));
    const file = partial(join(folder, 'events.jsonl'));
    return new Output(folder, await orExplain(file, () => open(file, 'w')));
  }

  /** Appends the events of a finished scenario. @throws OutputError */
  async append(events: readonly LabEvent[]): Promise<void> {
    if (events.length === 0) return;
    const text = `${events.map((event) => JSON.stringify(event)).join('\n')}\n`;
    await orExplain(join(this.folder, 'events.jsonl'), () => this.events.appendFile(text));
  }

  /** Writes a file of the results; it takes its place at {@link commit}. @throws OutputError */
  async write(name: string, text: string): Promise<void> {
    const file = join(this.folder, name);
    this.#pending.set(file, partial(file));
    await orExplain(file, () => writeFile(partial(file), text));
  }

  /** Puts everything written in place of earlier results. @throws OutputError */
  async commit(): Promise<void> {
    await orExplain(this.folder, async () => {
      await this.events.sync();
      for (const [file, from] of this.#pending) await rename(from, file);
    });
    this.#pending.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.events.close();
    for (const from of this.#pending.values()) await rm(from, { force: true });
  }
}

function partial(file: string): string {
  return `${file}.partial`;
}

/** A short stable name for a value: equal values share it. */
export function keyOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);
}
