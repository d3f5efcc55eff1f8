import { setTimeout } from 'node:timers/promises';
import type Docker from 'dockerode';
import { NoEngineError } from '../engine.js';

/** Milliseconds. */
export interface Patience {
  /** An engine that has not answered by then will not. */
  answerMs: number;
  /** How often it is asked while something takes long. */
  askEveryMs: number;
}

/** Whether the container engine is still there: when it goes, everything fails, in words that say less. */
export class Liveness {
  #gone: NoEngineError | undefined;

  constructor(
    private readonly docker: Pick<Docker, 'ping'>,
    private readonly patience: Patience = { answerMs: 120_000, askEveryMs: 10_000 },
  ) {}

  get gone(): boolean {
    return this.#gone !== undefined;
  }

  /**
   * Waits for work that needs the engine, which may hang as well as fail.
   * @throws NoEngineError where that is why it failed, else what the work throws
   */
  async during<T>(work: Promise<T>): Promise<T> {
    const over = new AbortController();
    try {
      return await Promise.race([work, this.#watch(over.signal)]);
    } catch (error) {
      throw (await this.#ask()) ?? error;
    } finally {
      over.abort();
    }
  }

  async #watch(signal: AbortSignal): Promise<never> {
    for (;;) {
      await setTimeout(this.patience.askEveryMs, undefined, { signal, ref: false });
      const gone = await this.#ask();
      if (gone) throw gone;
    }
  }

  async #ask(): Promise<NoEngineError | undefined> {
    if (this.#gone) return this.#gone;
    try {
      await Promise.race([this.docker.ping(), this.#silence()]);
      return undefined;
    } catch (cause) {
      this.#gone ??= new NoEngineError(
        `the container engine stopped answering (${(cause as Error).message}): start it, then run again; the next command removes what is left of the labs`,
        { cause },
      );
      return this.#gone;
    }
  }

  async #silence(): Promise<never> {
    const { answerMs } = this.patience;
    await setTimeout(answerMs, undefined, { ref: false });
    throw new Error(`no answer in ${answerMs / 1000} s`);
  }
}
