import { causeOf } from './cause.js';
import {
  type BaselineChange,
  type BaselineResults,
  baselineChanges,
  type ExpectedFailure,
  type RunResults,
  type ScenarioResults,
} from './results.js';
import { isFailure } from './unexpected.js';

export interface CompareOptions {
  /** The earlier run. */
  baseline?: RunResults;
  /** Declared failures by scenario; they go before those that the baseline holds. */
  expected?: ReadonlyMap<string, ExpectedFailure>;
  /** A scenario is slower where it takes more than so many times as long. */
  slowerFactor: number;
}

/** Below this, milliseconds, times are noise and no scenario is called slower. */
const noiseMs = 250;

type Change = BaselineResults['changes'][number];

/**
 * Puts a run beside an earlier one and beside what is declared to fail. Whether a declaration is over
 * is judged by the day (UTC) on which the run began, so that a later report says the same.
 */
export function compareWithBaseline(results: RunResults, options: CompareOptions): RunResults {
  const { baseline, expected = new Map(), slowerFactor } = options;
  const before = new Map(baseline?.scenarios.map((scenario) => [scenario.id, scenario]));
  const today = results.startedAt.slice(0, 10);
  const scenarios = results.scenarios.map((scenario): ScenarioResults => {
    const expectedFailure = expected.get(scenario.id) ?? before.get(scenario.id)?.expectedFailure;
    return expectedFailure ? { ...scenario, expectedFailure } : scenario;
  });
  const changes = scenarios
    .flatMap((now) => changesOf(now, before.get(now.id), today, slowerFactor))
    .sort((a, b) => baselineChanges.indexOf(a.change) - baselineChanges.indexOf(b.change));
  const of = baseline && {
    startedAt: baseline.startedAt,
    engine: baseline.engine,
    edition: baseline.edition,
  };
  return { ...results, scenarios, baseline: { ...(of && { of }), slowerFactor, changes } };
}

function changesOf(
  now: ScenarioResults,
  before: ScenarioResults | undefined,
  today: string,
  slowerFactor: number,
): Change[] {
  const change = (kind: BaselineChange, words: string): Change => ({
    scenario: now.id,
    change: kind,
    deviates: deviating.has(kind),
    ...(before && { before: inWords(before) }),
    now: words,
  });
  const changes: Change[] = [];
  const kind = kindOf(now, before, today);
  if (kind) changes.push(change(kind, `${inWords(now)}${declared(now, kind)}`));
  // What is skipped takes no time.
  const bothRan = before && before.outcome !== 'skipped' && now.outcome !== 'skipped';
  if (bothRan && now.durationMs > noiseMs && now.durationMs > before.durationMs * slowerFactor)
    changes.push({
      ...change('slower', `took ${now.durationMs} ms, ${timesAsLong(now, before)} times as long`),
      before: `took ${before.durationMs} ms`,
    });
  return changes;
}

function timesAsLong(now: ScenarioResults, before: ScenarioResults): number {
  return Math.round((now.durationMs / before.durationMs) * 10) / 10;
}

const deviating = new Set<BaselineChange>(['new-failure', 'changed-reason', 'expired', 'not-run']);

function kindOf(
  now: ScenarioResults,
  before: ScenarioResults | undefined,
  today: string,
): BaselineChange | undefined {
  if (now.outcome === 'passed') return before && isFailure(before.outcome) ? 'fixed' : undefined;
  if (now.outcome === 'skipped') return before && before.outcome !== 'skipped' ? 'not-run' : undefined;
  if (now.expectedFailure) return now.expectedFailure.until < today ? 'expired' : 'expected';
  if (!before || !isFailure(before.outcome) || before.outcome !== now.outcome) return 'new-failure';
  return causeOf(before) === causeOf(now) ? 'known' : 'changed-reason';
}

function inWords({ outcome, reason }: ScenarioResults): string {
  return reason === undefined ? outcome : `${outcome}: ${reason}`;
}

function declared({ expectedFailure }: ScenarioResults, kind: BaselineChange): string {
  if (!expectedFailure) return '';
  const { reason, until } = expectedFailure;
  if (kind === 'expired') return ` (declared until ${until}, which is over: ${reason})`;
  return kind === 'expected' ? ` (declared until ${until}: ${reason})` : '';
}
