import { describe, expect, it } from 'vitest';
import { citedEvidence, judgeLog } from './judge-log.js';
import type { RunLog } from './run-log.js';
import { LogBuilder, linesOf } from './run-log.js';
import { played, runLog } from './testing.js';

describe('the results of a run', () => {
  it('say what they are of, and count', () => {
    const skipped = played('c');
    const log = runLog(
      [
        played('a'),
        played('b', { outcome: 'tcp-drop' }),
        { ...skipped, events: [], ended: { ...skipped.ended, skipped: 'needs a kernel' } },
      ],
      {
        seed: 7,
        weaknesses: ['no cgroups'],
        shard: { index: 2, total: 3, plan: 'p', scenarios: ['a', 'b', 'c'] },
      },
    );
    const results = judgeLog(log);
    expect(results).toMatchObject({
      ...{ schema: 'connector-lab/results@2', engine: 'embedded', edition: '2023-08-09' },
      ...{ startedAt: '2026-11-24T00:00:00.000Z', durationMs: 100, seed: 7, weaknesses: ['no cgroups'] },
      shard: { index: 2, total: 3 },
      summary: { passed: 1, failed: 1, skipped: 1, flaky: 0 },
    });
    expect(results.shard).toEqual({ index: 2, total: 3 });
    expect(results).not.toHaveProperty('partial');
    expect(results.scenarios[2]).toMatchObject({ outcome: 'skipped', reason: 'needs a kernel', site: 'k' });
    expect(Object.keys(results.sites)).toEqual(['k']);
    const plain = judgeLog(runLog([played('a')]));
    for (const key of ['seed', 'repeat', 'weaknesses', 'shard', 'missing'])
      expect(plain).not.toHaveProperty(key);
  });

  it('fold repetitions by their numbers, and cite the one that is shown', () => {
    const log = runLog(
      [
        played('a', { repetition: 2, outcome: 'tcp-drop', durationMs: 30 }),
        played('a', { repetition: 1, durationMs: 10 }),
        played('a', { repetition: 3, durationMs: 20 }),
      ],
      { repeat: 3 },
    );
    const results = judgeLog(log);
    expect(results.scenarios).toMatchObject([{ id: 'a', outcome: 'flaky', durationMs: 20, shown: 2 }]);
    expect(results.scenarios[0]?.repetitions?.map(({ number, outcome }) => `${number} ${outcome}`)).toEqual([
      '1 passed',
      '2 failed',
      '3 passed',
    ]);
    expect(results.summary).toEqual({ passed: 0, failed: 0, skipped: 0, flaky: 1 });
    const cited = citedEvidence(results, log.repetitions);
    expect(cited('a')).toBe(log.repetitions[0]?.events);
    expect(cited('nobody')).toEqual([]);
  });

  it.each<[string, Partial<RunLog>, object | undefined]>([
    ['came to its end', {}, undefined],
    ['was killed', { end: undefined }, { why: 'killed', underWay: ['b'], notStarted: ['c'], shards: [] }],
    [
      'was interrupted',
      { end: { kind: 'run-end', durationMs: 5, interrupted: true } },
      { why: 'interrupted', underWay: ['b'], notStarted: ['c'], shards: [] },
    ],
    [
      'lost its engine',
      { end: { kind: 'run-end', durationMs: 5, engineGone: 'no answer' } },
      { why: 'engine-gone', words: 'no answer', underWay: ['b'], notStarted: ['c'], shards: [] },
    ],
  ])('of one that %s say what is missing', (_, more, missing) => {
    const { ended: _ended, ...underWay } = played('b');
    const log = { ...runLog([played('a'), underWay], { selected: ['a', 'b', 'c'] }), ...more };
    const results = judgeLog(log);
    expect(results.missing).toEqual(missing);
    expect(results.partial).toBe(missing ? true : undefined);
    // Without an end, as long as what ended took.
    expect(results.durationMs).toBe(log.end?.durationMs ?? 10);
    expect(results.scenarios.map(({ id }) => id)).toEqual(['a']);
  });

  it('of a shard miss only what was its own', () => {
    const log = runLog([played('a')], {
      selected: ['a', 'b', 'c'],
      shard: { index: 1, total: 2, plan: 'p', scenarios: ['a', 'c'] },
    });
    delete log.end;
    expect(judgeLog(log).missing).toMatchObject({ why: 'killed', notStarted: ['c'] });
  });
});

describe('a log', () => {
  const whole = runLog([played('a')]);
  const lines = [
    ...linesOf({ ...whole, internet: [{ name: 'h', chain: [], address: '198.18.64.1', ports: [443] }] }),
  ];
  const built = (some: typeof lines) => {
    const builder = new LogBuilder();
    for (const line of some) builder.add(line);
    return builder.log();
  };

  it('is put in order of its lines, and gives them again', () => {
    expect([...linesOf(built(lines))]).toEqual(lines);
    expect(built(lines).internet).toHaveLength(1);
    expect(built(lines.slice(0, 1))).toEqual({ run: whole.run, sites: new Map(), repetitions: [] });
  });

  it.each<[string, (all: typeof lines) => typeof lines]>([
    ['a second run begins in the same file', (all) => [...all, ...all]],
    ['does not begin with the line of its run (connector-lab/events@2)', (all) => all.slice(1)],
    ['a plays in an unknown site', (all) => all.filter(({ kind }) => kind !== 'site')],
    ['a has not begun', (all) => all.filter(({ kind }) => kind !== 'scenario')],
    ['holds no run: not even its first line was written', () => []],
  ])('is refused where it %s', (message, change) => {
    expect(() => built(change(lines))).toThrow(message);
  });

  it('keeps repetitions of a scenario apart', () => {
    const two = runLog([played('a', { repetition: 1 }), played('a', { repetition: 2, outcome: 'tcp-drop' })]);
    const { repetitions } = built([...linesOf(two)]);
    expect(repetitions.map(({ begun, events }) => [begun.repetition, events.length])).toEqual([
      [1, 3],
      [2, 3],
    ]);
  });
});
