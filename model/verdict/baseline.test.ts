import { describe, expect, it } from 'vitest';
import { compareWithBaseline } from './baseline.js';
import { judgeLog } from './judge-log.js';
import type { ExpectedFailure, RunResults } from './results.js';
import { played, runLog } from './testing.js';
import { isAsExpected, standingsOf } from './unexpected.js';

type Options = Parameters<typeof played>[1];
const drop = { outcome: 'tcp-drop' } as const;
const run = (one: Options = {}): RunResults => judgeLog(runLog([played('a/1', one), played('a/2')]));

function compare(before: RunResults | undefined, now: RunResults, expected?: ExpectedFailure) {
  const declared = expected && new Map([['a/1', expected]]);
  const results = compareWithBaseline(now, { baseline: before, expected: declared, slowerFactor: 2 });
  const [change] = results.baseline?.changes ?? [];
  return { change: change?.change, deviates: change?.deviates, fine: isAsExpected(results), results };
}

describe('compareWithBaseline', () => {
  it.each<[string, Options, Options, string | undefined, boolean]>([
    ['all as before', {}, {}, undefined, true],
    ['a new failure', {}, drop, 'new-failure', false],
    ['the same failure', drop, drop, 'known', true],
    ['a failure of another kind', drop, { outcome: 'tcp-reset' }, 'changed-reason', false],
    ['a failure mended', drop, {}, 'fixed', true],
    ['more time, beyond the factor', { durationMs: 900 }, { durationMs: 1900 }, 'slower', true],
    ['more time, within the factor', { durationMs: 900 }, { durationMs: 1700 }, undefined, true],
    ['more time, but too little to mean anything', { durationMs: 20 }, { durationMs: 90 }, undefined, true],
  ])('%s', (_, before, now, change, fine) => {
    expect(compare(run(before), run(now))).toMatchObject({ change, fine });
  });

  const skipped = (): RunResults => {
    const ended = { kind: 'scenario-end', scenario: 'a/1', durationMs: 0, skipped: 'cannot' } as const;
    return judgeLog(runLog([{ ...played('a/1'), ended }, played('a/2')]));
  };

  it('what ran before and is skipped now deviates', () => {
    expect(compare(run(), skipped())).toMatchObject({ change: 'not-run', fine: false });
  });

  it('what was skipped before took no time to compare with', () => {
    expect(compare(skipped(), run({ durationMs: 900 })).results.baseline?.changes).toEqual([]);
  });

  it('a declared failure is expected until its day is over, then it fails by name', () => {
    // The run began on 2026-11-24.
    const today = { reason: 'ticket 7', until: '2026-11-24' };
    const expected = compare(undefined, run(drop), today);
    expect(expected).toMatchObject({ change: 'expected', fine: true });
    expect(standingsOf(expected.results).get('a/1')).toBe('tolerated');
    const over = compare(run(drop), run(drop), { reason: 'ticket 7', until: '2026-11-23' });
    expect(over).toMatchObject({ change: 'expired', fine: false });
    expect(over.results.baseline?.changes[0]).toMatchObject({
      scenario: 'a/1',
      now: expect.stringMatching(/declared until 2026-11-23, which is over: ticket 7/),
    });
  });

  it('takes declarations from the baseline too', () => {
    const before = compare(undefined, run(drop), { reason: 'r', until: '2026-11-23' }).results;
    expect(compare(before, run(drop))).toMatchObject({ change: 'expired', fine: false });
  });

  it('without a baseline every failure counts, and a partial run is never fine', () => {
    expect(isAsExpected(run(drop))).toBe(false);
    expect(isAsExpected({ ...run(), partial: true })).toBe(false);
    expect(isAsExpected(run())).toBe(true);
  });
});

describe('what is told of a change', () => {
  const told = (before: RunResults | undefined, now: RunResults, expected?: ExpectedFailure) =>
    compare(before, now, expected).results.baseline;
  const failed = 'failed: change: expected bootstrap ok, got bootstrap tcp-drop';

  it('is what was and what is, and which run it was', () => {
    expect(told(run(), run(drop))).toEqual({
      of: { startedAt: '2026-11-24T00:00:00.000Z', engine: 'embedded', edition: '2023-08-09' },
      slowerFactor: 2,
      changes: [{ scenario: 'a/1', change: 'new-failure', deviates: true, before: 'passed', now: failed }],
    });
    expect(told(undefined, run(drop))).toEqual({
      slowerFactor: 2,
      changes: [{ scenario: 'a/1', change: 'new-failure', deviates: true, now: failed }],
    });
    expect(told(run(drop), run())?.changes).toEqual([
      { scenario: 'a/1', change: 'fixed', deviates: false, before: failed, now: 'passed' },
    ]);
  });

  it('is how much longer it took, beside whether it failed', () => {
    expect(told(run({ durationMs: 300 }), run({ ...drop, durationMs: 1000 }))?.changes).toEqual([
      { scenario: 'a/1', change: 'new-failure', deviates: true, before: 'passed', now: failed },
      {
        ...{ scenario: 'a/1', change: 'slower', deviates: false },
        ...{ before: 'took 300 ms', now: 'took 1000 ms, 3.3 times as long' },
      },
    ]);
    expect(told(run({ durationMs: 100 }), run({ durationMs: 250 }))?.changes).toEqual([]);
    expect(told(run({ durationMs: 100 }), run({ durationMs: 251 }))?.changes).toHaveLength(1);
    expect(told(run({ durationMs: 200 }), run({ durationMs: 400 }))?.changes).toEqual([]);
  });

  it('is what was declared, and until when', () => {
    const declared = { reason: 'ticket 7', until: '2026-12-31' };
    expect(told(undefined, run(drop), declared)?.changes[0]?.now).toBe(
      `${failed} (declared until 2026-12-31: ticket 7)`,
    );
    expect(told(run(drop), run(), declared)?.changes[0]?.now).toBe('passed');
  });

  it('is first what deviates', () => {
    const log = (one: Options, two: Options) => judgeLog(runLog([played('a/1', one), played('a/2', two)]));
    expect(told(log(drop, {}), log({}, drop))?.changes.map(({ change }) => change)).toEqual([
      'new-failure',
      'fixed',
    ]);
  });

  it('is a failure of another sort, where it is flaky now', () => {
    const flaky = (repeat: number) =>
      judgeLog(
        runLog([played('a/1', { repetition: 1 }), played('a/1', { repetition: 2, ...drop })], { repeat }),
      );
    expect(compare(run(drop), flaky(2))).toMatchObject({ change: 'new-failure', fine: false });
    expect(compare(flaky(2), flaky(2))).toMatchObject({ change: 'known', fine: true });
    expect(isAsExpected(flaky(2))).toBe(false);
  });
});
