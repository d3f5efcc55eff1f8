import type { Missing, RunResults, ScenarioResults } from '../../model/verdict/results.js';
import { standingsOf } from '../../model/verdict/unexpected.js';
import { findingsOf } from './check-findings.js';
import { checkSentence } from './check-sentence.js';
import { whyMissing } from './missing.js';

/** A scenario as CI servers think of one. */
export interface Case {
  id: string;
  title: string;
  /**
   * `failed`: makes the exit code 1. `tolerated`: failed as declared or as in the baseline.
   * `missing`: was to run, and did not.
   */
  status: 'passed' | 'failed' | 'tolerated' | 'skipped' | 'missing';
  /** Why, in one sentence; empty for what passed. */
  message: string;
  /** Wall clock, milliseconds. */
  durationMs: number;
  /** Absent where it did not run. */
  scenario?: ScenarioResults;
}

/** Every scenario that ran or should have: the same for every format and for the exit code. */
export function casesOf(results: RunResults): Case[] {
  const standings = standingsOf(results);
  const deviations = new Map(
    results.baseline?.changes
      .filter(({ deviates }) => deviates)
      .map(({ scenario, change, now }) => [scenario, `${change}: ${now}`]),
  );
  const ran = results.scenarios.map((scenario): Case => {
    const { id, title, outcome, durationMs } = scenario;
    const reason = outcome === 'passed' ? '' : (ofCheck(results) ?? scenario.reason ?? '');
    const standing = standings.get(id);
    const status =
      standing === 'unexpected' ? 'failed' : standing === 'tolerated' ? 'tolerated' : asStatus(outcome);
    return { id, title, status, message: deviations.get(id) ?? reason, durationMs, scenario };
  });
  return [...ran, ...missingCases(results.missing)];
}

/** A check has one case, and more than one reason. */
function ofCheck(results: RunResults): string | undefined {
  const { check } = results;
  if (!check) return undefined;
  return [checkSentence({ ...results, check }), ...findingsOf(check).map(({ message }) => message)].join(' ');
}

/** What failed or is flaky and is as expected was told apart before. */
function asStatus(outcome: ScenarioResults['outcome']): 'passed' | 'skipped' {
  return outcome === 'skipped' ? 'skipped' : 'passed';
}

/** A partial run has at least one, so that no format takes it for a whole one. */
function missingCases(missing: Missing | undefined): Case[] {
  if (!missing) return [];
  const { why, underWay, notStarted } = missing;
  const end = why === 'shards' ? 'its shard is not here' : whyMissing(missing);
  const cases = (ids: readonly string[], message: string) =>
    ids.map((id): Case => ({ id, title: 'did not run', status: 'missing', message, durationMs: 0 }));
  const found = [
    ...cases(underWay, `not finished: it was under way when ${end}`),
    ...cases(notStarted, `not run: ${end}`),
  ];
  return found.length > 0 ? found : cases(['run'], `no scenario is missing, but ${end}`);
}
