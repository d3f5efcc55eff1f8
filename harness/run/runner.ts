import type { LoadedScenario } from '../../model/scenario/load.js';
import type { Engine } from '../engines/engine.js';
import type { PlayOptions } from './play.js';
import { type Finished, runScenario } from './run-scenario.js';

/** A repetition to run; the only one, where scenarios are run once. */
export interface Task extends LoadedScenario {
  /** From 1, where scenarios are repeated. */
  repetition?: number;
}

export interface RunnerOptions extends Pick<PlayOptions, 'startAt' | 'signal' | 'onKept'> {
  engine: Engine;
}

/** What runs one scenario after the other. */
export interface Runner extends AsyncDisposable {
  /** @throws what `runScenario` throws */
  run(task: Task): Promise<Finished>;
}

export function inThisProcess({ engine, ...options }: RunnerOptions): Runner {
  return {
    run: ({ scenario, repetition }) => runScenario(scenario, engine, { ...options, repetition }),
    [Symbol.asyncDispose]: async () => {},
  };
}
