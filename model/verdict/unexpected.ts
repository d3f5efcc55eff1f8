import type { RunResults, ScenarioResults } from './results.js';

/** What a scenario counts for. `tolerated`: it failed, as declared or as in the baseline. */
export type Standing = 'as-expected' | 'tolerated' | 'unexpected';

/** Whether a scenario failed at least once. */
export function isFailure(outcome: ScenarioResults['outcome']): boolean {
  return outcome === 'failed' || outcome === 'flaky';
}

/**
 * What each scenario counts for: the one rule behind exit code, last lines and every report. Without
 * a baseline or declared failures, whatever failed or is flaky is unexpected; with them, what deviates.
 */
export function standingsOf({ scenarios, baseline }: RunResults): ReadonlyMap<string, Standing> {
  const deviating = new Set(
    baseline?.changes.filter(({ deviates }) => deviates).map(({ scenario }) => scenario),
  );
  return new Map(
    scenarios.map(({ id, outcome }) => {
      const failed = isFailure(outcome);
      const unexpected = baseline ? deviating.has(id) : failed;
      return [id, unexpected ? 'unexpected' : failed ? 'tolerated' : 'as-expected'];
    }),
  );
}

/** True where all that was meant ran and nothing is unexpected: exit code 0. */
export function isAsExpected(results: RunResults): boolean {
  return !results.partial && ![...standingsOf(results).values()].includes('unexpected');
}
