import { setTimeout } from 'node:timers/promises';
import type Docker from 'dockerode';
import { NoEngineError } from '../engine.js';

/** An engine that has not answered by then will not, milliseconds. */
const patienceMs = 15_000;

/** Whether the container engine is still there: when it goes, everything fails, in words that say less. */
export class Liveness {
  #gone: NoEngineError | undefined;

  constructor(private readonly docker: Docker) {}

  get gone(): boolean {
    return this.#gone !== undefined;
  }

  /** What a failure really was: itself, or that the engine has gone. */
  async explain(error: unknown): Promise<unknown> {
    if (this.#gone) return this.#gone;
    try {
      await Promise.race([this.docker.ping(), silence()]);
      return error;
    } catch (cause) {
      this.#gone ??= new NoEngineError(
        `the container engine stopped answering (${(cause as Error).message}): start it, then run again; the next command removes what is left of the labs`,
        { cause },
      );
      return this.#gone;
    }
  }
}

async function silence(): Promise<never> {
  await setTimeout(patienceMs, undefined, { ref: false });
  throw new Error(`no answer in ${patienceMs / 1000} s`);
}
