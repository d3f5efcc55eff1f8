import { describe, expect, it } from 'vitest';
import { citedEvidence, judgeLog } from './judge-log.js';
import { played, runLog } from './testing.js';

const repeated = (...outcomes: Parameters<typeof played>[1][]) => {
  const repetitions = outcomes.map((options, index) => played('a/b', { ...options, repetition: index + 1 }));
  return judgeLog(runLog(repetitions, { repeat: outcomes.length })).scenarios[0];
};

describe('repetitions of a scenario', () => {
  it('are flaky where one differs, and say how often and why', () => {
    const found = repeated({}, { outcome: 'tcp-drop' }, { outcome: 'tcp-reset' }, { outcome: 'tcp-drop' });
    expect(found).toMatchObject({ outcome: 'flaky', shown: 2 });
    expect(found?.repetitions?.map(({ outcome }) => outcome)).toEqual([
      'passed',
      'failed',
      'failed',
      'failed',
    ]);
    expect(found?.reason).toMatch(
      /^failed 3 of 4 times: change: .* got bootstrap tcp-drop \(no\. 2, 4\); change: .* got bootstrap tcp-reset \(no\. 3\)$/,
    );
    expect(found?.phases[1]?.results[0]?.result).toBe('tcp-drop');
  });

  it('that fail every time are a failure, not flaky', () => {
    const found = repeated({ outcome: 'tcp-drop' }, { outcome: 'tcp-drop' });
    expect(found?.outcome).toBe('failed');
    expect(found?.reason).toMatch(/^failed 2 of 2 times: .* \(no\. 1, 2\)$/);
  });

  it('keep their numbers where one did not end: what is shown and cited is of the one that failed', () => {
    const { ended: _, ...cut } = played('a/b', { repetition: 2 });
    const log = runLog(
      [played('a/b', { repetition: 1 }), cut, played('a/b', { repetition: 3, outcome: 'tcp-drop' })],
      { repeat: 3 },
    );
    const results = judgeLog(log);
    const [found] = results.scenarios;
    expect(found).toMatchObject({ shown: 3, repetitions: [{ number: 1 }, { number: 3 }] });
    expect(found?.reason).toMatch(/^failed 1 of 2 times: .* \(no\. 3\)$/);
    expect(
      citedEvidence(
        results,
        log.repetitions,
      )(results.scenarios[0]?.id ?? '').map(({ repetition }) => repetition),
    ).toEqual([3, 3, 3]);
  });

  it('are the lab’s failure only where each of them is', () => {
    const ended = { kind: 'scenario-end', scenario: 'a/b', durationMs: 1, error: 'it died' } as const;
    const dead = { ...played('a/b', { repetition: 1 }), ended };
    const failed = played('a/b', { repetition: 2, outcome: 'tcp-drop' });
    const [mixed] = judgeLog(runLog([dead, failed], { repeat: 2 })).scenarios;
    expect(mixed).toMatchObject({ outcome: 'failed', shown: 2 });
    expect(mixed?.labFailed).toBeUndefined();
    const [alone] = judgeLog(runLog([dead], { repeat: 1 })).scenarios;
    expect(alone).toMatchObject({ outcome: 'failed', labFailed: true });
    expect(alone?.reason).toContain('it died');
  });

  it('that pass every time pass, with the median time', () => {
    const found = repeated({ durationMs: 5 }, { durationMs: 90 }, { durationMs: 7 });
    expect(found).toMatchObject({ outcome: 'passed', durationMs: 7, shown: 1 });
    expect(found?.reason).toBeUndefined();
  });
});
