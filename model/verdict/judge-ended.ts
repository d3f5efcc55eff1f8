import type { LabEvent } from '../evidence/event.js';
import type { Measured } from '../evidence/measured.js';
import { type Claim, judge } from './judge.js';
import type { ScenarioResults } from './results.js';
import type { ScenarioEndLine } from './run-log.js';

/** A scenario as its verdict needs it. */
export interface Claimed extends Claim {
  id: string;
  title: string;
  proves: readonly string[];
  measured?: Measured;
}

/**
 * The results of a scenario that ended, whichever way. Where the engine cannot do it, it is skipped;
 * where the lab failed, so did the scenario, in the lab's own words, and nothing else is said by that.
 */
export function judgeEnded(
  scenario: Claimed,
  events: readonly LabEvent[],
  ended: Pick<ScenarioEndLine, 'durationMs' | 'skipped' | 'error'>,
): ScenarioResults {
  const { id, title, proves, measured } = scenario;
  const named = { id, title, proves: [...proves], ...(measured && { measured }) };
  const base = { ...named, durationMs: ended.durationMs, phases: [] };
  if (ended.skipped !== undefined) return { ...base, outcome: 'skipped', reason: ended.skipped };
  if (ended.error !== undefined)
    return { ...base, outcome: 'failed', reason: `the lab failed: ${ended.error}`, labFailed: true };
  return { ...base, ...judge(scenario, events) };
}
