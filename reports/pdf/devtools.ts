import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

interface Answer {
  id?: number;
  result?: Record<string, unknown>;
  error?: { message: string };
}

interface Waiting {
  resolve(result: Record<string, unknown>): void;
  reject(error: Error): void;
}

/**
 * A browser of its own, and its DevTools protocol over two pipes: messages of JSON that end in a zero byte. The
 * browser ends when the pipes are closed, so that it outlives this program never.
 */
export class DevTools implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;
  #said = '';

  /** @param profile a folder for the browser's files, which is the caller's to remove */
  constructor(browser: string, profile: string) {
    this.#child = spawn(
      browser,
      [
        ...['--headless', '--remote-debugging-pipe', `--user-data-dir=${profile}`],
        ...[
          '--disable-gpu',
          '--no-first-run',
          '--disable-background-networking',
          '--disable-component-update',
        ],
        ...['--disable-extensions', '--disable-sync', '--disable-dev-shm-usage'],
        // Chromium refuses its sandbox to root.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
      { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] },
    );
    this.#ended = new Promise((resolve) => {
      this.#child.once('close', () => resolve());
      this.#child.once('error', (error) => {
        this.#said = error.message;
        resolve();
      });
    });
    void this.#ended.then(() => this.#fail());
    this.#child.stderr?.on('data', (chunk) => {
      this.#said = `${this.#said}${chunk}`.slice(-2000);
    });
    // Why it broke is known when the browser has ended, and has said its last.
    this.#in().on('error', () => this.#child.kill());
    this.#read(this.#child.stdio[4] as Readable);
  }

  /** @throws Error, in words, where the browser refuses, or ends before it answers */
  send(method: string, params: object = {}, sessionId?: string): Promise<Record<string, unknown>> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      if (this.#child.exitCode !== null || this.#child.pid === undefined)
        void this.#ended.then(() => this.#fail());
      else this.#in().write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#in().destroy();
    this.#child.kill();
    await this.#ended;
  }

  #in(): Writable {
    return this.#child.stdio[3] as Writable;
  }

  #read(from: Readable): void {
    let pieces: Buffer[] = [];
    from.on('error', () => this.#child.kill());
    from.on('data', (chunk: Buffer) => {
      let start = 0;
      for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, start)) {
        const message = Buffer.concat([...pieces, chunk.subarray(start, end)]).toString();
        pieces = [];
        start = end + 1;
        this.#answer(JSON.parse(message) as Answer);
      }
      pieces.push(chunk.subarray(start));
    });
  }

  #answer({ id, result, error }: Answer): void {
    // What it tells without being asked has no number.
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (id === undefined || !waiting) return;
    this.#waiting.delete(id);
    if (error) waiting.reject(new Error(error.message));
    else waiting.resolve(result ?? {});
  }

  #fail(): void {
    const last = this.#said.trim().split('\n').at(-1);
    for (const { reject } of this.#waiting.values())
      reject(new Error(`the browser ended${last ? `: ${last}` : ''}`));
    this.#waiting.clear();
  }
}
