import { expect, it } from 'vitest';
import { assemble } from './assemble.js';
import type { RunResults, ScenarioResults } from './results.js';
import { runLog } from './testing.js';
import { isAsExpected, isFailure, standingsOf } from './unexpected.js';

const scenario = (id: string, outcome: ScenarioResults['outcome']): ScenarioResults => ({
  ...{ id, title: id, proves: [], outcome, durationMs: 1, phases: [] },
});
const results = (more: Partial<RunResults>): RunResults => ({ ...assemble(runLog([]), []), ...more });
const all = (['passed', 'failed', 'skipped', 'flaky'] as const).map((outcome) => scenario(outcome, outcome));
const standings = (more: Partial<RunResults>) => Object.fromEntries(standingsOf(results(more)));

it('without a baseline whatever failed, at least once, is unexpected', () => {
  expect(all.filter(({ outcome }) => isFailure(outcome)).map(({ id }) => id)).toEqual(['failed', 'flaky']);
  expect(standings({ scenarios: all })).toEqual({
    ...{ passed: 'as-expected', failed: 'unexpected', skipped: 'as-expected', flaky: 'unexpected' },
  });
});

it('with one only what deviates is', () => {
  const change = { scenario: 'passed', change: 'slower', deviates: true, now: '' } as const;
  const baseline = { slowerFactor: 2, changes: [change, { ...change, scenario: 'failed', deviates: false }] };
  expect(standings({ scenarios: all, baseline })).toEqual({
    ...{ passed: 'unexpected', failed: 'tolerated', skipped: 'as-expected', flaky: 'tolerated' },
  });
});

it('a run is as expected where all of it ran, and nothing is unexpected', () => {
  const scenarios = [scenario('a', 'passed'), scenario('b', 'skipped')];
  expect(isAsExpected(results({ scenarios }))).toBe(true);
  expect(isAsExpected(results({ scenarios, partial: true }))).toBe(false);
  expect(isAsExpected(results({ scenarios: [...scenarios, scenario('c', 'failed')] }))).toBe(false);
  expect(isAsExpected(results({ scenarios: [] }))).toBe(true);
});
