import type { Engine } from '../engines/engine.js';
import type { LabEvent } from '../evidence/event.js';
import { applyChanges } from '../scenario/change.js';
import type { Scenario } from '../scenario/scenario.js';
import { judge } from '../verdict/judge.js';
import type { ScenarioResults } from '../verdict/results.js';
import { type PlayOptions, play } from './play.js';

/** What a scenario left behind: its results and the evidence they rest on. */
export interface Finished {
  results: ScenarioResults;
  events: LabEvent[];
}

/**
 * Runs and judges one scenario. A lab that fails is a failed scenario with the lab's own words and
 * whatever evidence there is; only an abort is thrown.
 */
export async function runScenario(
  scenario: Scenario,
  engine: Engine,
  options: PlayOptions,
): Promise<Finished> {
  const { id, title, proves } = scenario;
  const base = { id, title, proves: [...proves], durationMs: 0, phases: [] };
  const cannot = engine.cannot(scenario.site) ?? engine.cannot(applyChanges(scenario.site, scenario.change));
  if (cannot) return { results: { ...base, outcome: 'skipped', reason: cannot }, events: [] };
  const started = performance.now();
  const events: LabEvent[] = [];
  try {
    await play(scenario, engine, { ...options, record: (event) => events.push(event) });
    const durationMs = Math.round(performance.now() - started);
    return { results: { ...base, ...judge(scenario, events), durationMs }, events };
  } catch (error) {
    options.signal?.throwIfAborted();
    const durationMs = Math.round(performance.now() - started);
    const reason = `the lab failed: ${error instanceof Error ? error.message : String(error)}`;
    return { results: { ...base, outcome: 'failed', reason, durationMs }, events };
  }
}
