import type { LabEvent } from '../../model/evidence/event.js';
import { applyChanges } from '../../model/scenario/change.js';
import type { Scenario } from '../../model/scenario/scenario.js';
import { judgeEnded } from '../../model/verdict/judge-ended.js';
import type { ScenarioResults } from '../../model/verdict/results.js';
import type { ScenarioEndLine } from '../../model/verdict/run-log.js';
import { CannotError, type Engine, NoEngineError } from '../engines/engine.js';
import { type PlayOptions, play } from './play.js';

/** What a scenario left behind: its results, and the evidence and the end they rest on. */
export interface Finished {
  results: ScenarioResults;
  events: LabEvent[];
  ended: Pick<ScenarioEndLine, 'durationMs' | 'skipped' | 'error'>;
}

/**
 * Runs and judges one scenario. A lab that fails is a failed scenario with the lab's own words and
 * whatever evidence there is; only an abort, and an engine that has gone, are thrown.
 */
export async function runScenario(
  scenario: Scenario,
  engine: Engine,
  options: PlayOptions,
): Promise<Finished> {
  const events: LabEvent[] = [];
  const finish = (ended: Finished['ended']): Finished => ({
    results: judgeEnded(scenario, events, ended),
    events,
    ended,
  });
  const skipped = engine.cannot(scenario.site) ?? engine.cannot(applyChanges(scenario.site, scenario.change));
  if (skipped) return finish({ durationMs: 0, skipped });
  const started = performance.now();
  const durationMs = () => Math.round(performance.now() - started);
  try {
    await play(scenario, engine, { ...options, record: (event) => events.push(event) });
    return finish({ durationMs: durationMs() });
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof CannotError) return finish({ durationMs: 0, skipped: error.message });
    if (error instanceof NoEngineError) throw error;
    const words = error instanceof Error ? error.message : String(error);
    return finish({ durationMs: durationMs(), error: words });
  }
}
