import { describe, expect, it } from 'vitest';
import { judgeLog } from './judge-log.js';
import { mergeLogs } from './merge.js';
import type { Repetition, RunLine } from './run-log.js';
import { played, runLog } from './testing.js';

const ids = ['a/1', 'a/2', 'b/1', 'b/2', 'c/1'];
const one = (id: string) => played(id, { outcome: id === 'b/2' ? 'tcp-drop' : 'ok' });
const whole = runLog(ids.map(one));

function shard(
  index: number,
  own: readonly string[],
  run: Partial<RunLine> = {},
  repetitions?: Repetition[],
) {
  const of = { index, total: 3, plan: 'p', scenarios: [...own] };
  // Within a shard, whichever ends first is first in its log.
  const log = runLog(repetitions ?? own.map(one).reverse(), { selected: ids, shard: of, ...run });
  return { name: `shard-${index}`, log };
}
const shards = () => [shard(1, ['a/1', 'c/1']), shard(2, ['b/1', 'b/2']), shard(3, ['a/2'])];

describe('mergeLogs', () => {
  it('of all shards, in any order, gives what the whole run gives, byte for byte', () => {
    const log = mergeLogs(shards().reverse());
    expect(log.repetitions.map(({ begun }) => begun.scenario)).toEqual(ids);
    const merged = judgeLog(log);
    expect(JSON.stringify(merged)).toBe(JSON.stringify(judgeLog(whole)));
    expect(merged.summary).toEqual({ passed: 4, failed: 1, skipped: 0, flaky: 0 });
  });

  it('without a shard is partial, and names it and what it would have run', () => {
    const [first, second] = shards();
    const { partial, missing } = judgeLog(mergeLogs([first, second].flatMap((one) => one ?? [])));
    expect({ partial, missing }).toEqual({
      partial: true,
      missing: { why: 'shards', underWay: [], notStarted: ['a/2'], shards: [3] },
    });
  });

  it('of what was merged without a shard is still partial, until that shard comes', () => {
    const [first, second, third] = shards();
    if (!first || !second || !third) throw new Error('no shards');
    const merged = { name: 'merged', log: mergeLogs([first, second]) };
    const other = { name: 'other', log: runLog([one('d/1')]) };
    for (const parts of [
      [merged, other],
      [other, merged],
    ])
      expect(judgeLog(mergeLogs(parts)).missing).toEqual({
        why: 'shards',
        underWay: [],
        notStarted: ['a/2'],
        shards: [3],
      });
    for (const late of [
      [merged, third],
      [third, merged],
    ])
      expect(JSON.stringify(judgeLog(mergeLogs(late)))).toBe(JSON.stringify(judgeLog(whole)));
    expect(() => mergeLogs([merged, second])).toThrow('merged holds shard 2/3 already, and shard-2 is that');
    const alien = shard(3, ['a/2'], { shard: { index: 3, total: 3, plan: 'q', scenarios: ['a/2'] } });
    expect(() => mergeLogs([merged, alien])).toThrow(
      /merged \(without shard 3\) and shard-3 \(shard 3\/3\) were not divided in the same way/,
    );
  });

  it('with a shard that was killed is partial', () => {
    const [first, , third] = shards();
    const { ended: _, ...cut } = one('b/2');
    const killed = shard(2, ['b/1', 'b/2'], {}, [one('b/1'), cut]);
    delete killed.log.end;
    const { missing, scenarios } = judgeLog(mergeLogs([first, killed, third].flatMap((one) => one ?? [])));
    expect(missing).toEqual({ why: 'killed', underWay: ['b/2'], notStarted: [], shards: [] });
    expect(scenarios.map(({ id }) => id)).toEqual(['a/1', 'a/2', 'b/1', 'c/1']);
  });

  it('takes runs of different scenarios one after the other', () => {
    const merged = mergeLogs([
      { name: 'x', log: runLog([one('b/1')]) },
      { name: 'y', log: runLog([one('a/1')]) },
    ]);
    expect(judgeLog(merged).scenarios.map(({ id }) => id)).toEqual(['b/1', 'a/1']);
  });

  it.each([
    ['engines', { engine: 'containers' }, /different engines: x has embedded, y has containers/],
    ['editions', { edition: '2025-01-01' }, /different editions .*: x has 2023-08-09, y has 2025-01-01/],
    ['repetitions', { repeat: 3 }, /different numbers of repetitions: x has none, y has 3/],
    ['a check', { check: 'k' }, /y is of check, about one site/],
  ] as const)('refuses different %s', (_, run, message) => {
    const two = [
      { name: 'x', log: runLog([one('a/1')]) },
      { name: 'y', log: runLog([one('a/2')], run) },
    ];
    expect(() => mergeLogs(two)).toThrow(message);
  });

  it('refuses the same scenario twice', () => {
    const two = ['x', 'y'].map((name) => ({ name, log: runLog([one('a/1')]) }));
    expect(() => mergeLogs(two)).toThrow(/a\/1 is in x and in y/);
  });

  it('refuses shards that do not belong together', () => {
    const [first, second] = shards();
    if (!first || !second) throw new Error('no shards');
    expect(() => mergeLogs([first, first])).toThrow('shard-1 and shard-1 are both shard 1/3');
    expect(() => mergeLogs([first, { name: 'whole', log: whole }])).toThrow(
      /shard-1, which is a shard, with whole/,
    );
    const other = shard(2, ['b/1'], { shard: { index: 2, total: 3, plan: 'q', scenarios: ['b/1'] } });
    expect(() => mergeLogs([first, other])).toThrow(
      /not divided in the same way; give every shard .* --durations/,
    );
  });
});

describe('what a merged log says of itself', () => {
  const part = (id: string, run: Partial<RunLine> = {}, end: object = {}) => {
    const log = runLog([one(id)], run);
    return { name: id, log: { ...log, end: { kind: 'run-end' as const, durationMs: 100, ...end } } };
  };

  it('is that it began with the first, and took as long as the longest', () => {
    const { run, end } = mergeLogs([
      part('a/1', { startedAt: '2026-11-24T01:00:00.000Z' }, { durationMs: 5 }),
      part('a/2', { startedAt: '2026-11-24T00:30:00.000Z' }, { durationMs: 70 }),
      part('b/1', { startedAt: '2026-11-24T02:00:00.000Z' }, { durationMs: 30 }),
    ]);
    expect(run).toEqual({
      ...{ kind: 'run', schema: whole.run.schema, engine: 'embedded', edition: '2023-08-09' },
      ...{ startedAt: '2026-11-24T00:30:00.000Z', selected: ['a/1', 'a/2', 'b/1'] },
    });
    expect(end).toEqual({ kind: 'run-end', durationMs: 70 });
  });

  it('is what any of them could not do, each once, and how it was run', () => {
    const { run, end } = mergeLogs([
      part('a/1', { weaknesses: ['no cgroups'], seed: 7, repeat: 2 }, { interrupted: true }),
      part(
        'a/2',
        { weaknesses: ['no cgroups', 'no seccomp'], seed: 7, repeat: 2 },
        { engineGone: 'it died' },
      ),
    ]);
    expect(run).toMatchObject({ weaknesses: ['no cgroups', 'no seccomp'], seed: 7, repeat: 2 });
    expect(end).toEqual({ kind: 'run-end', durationMs: 100, interrupted: true, engineGone: 'it died' });
  });

  it('is no end, where one of them has none', () => {
    const killed = part('a/2');
    const { end: _, ...log } = killed.log;
    expect(mergeLogs([part('a/1'), { name: 'a/2', log }])).not.toHaveProperty('end');
  });

  it('has the sites of all, and repetitions in their order', () => {
    const log = runLog([played('a/2', { repetition: 2 }), played('a/2', { repetition: 1 })]);
    log.sites.set('other', [...log.sites.values()][0] as never);
    const merged = mergeLogs([part('a/1'), { name: 'x', log }]);
    expect([...merged.sites.keys()]).toEqual(['k', 'other']);
    expect(merged.repetitions.map(({ begun }) => `${begun.scenario} ${begun.repetition}`)).toEqual([
      'a/1 undefined',
      'a/2 1',
      'a/2 2',
    ]);
  });

  it('is the same where there is nothing to merge it with; of none there is none', () => {
    const { log } = part('a/1');
    expect(mergeLogs([{ name: 'x', log }])).toBe(log);
    expect(() => mergeLogs([])).toThrow('nothing to merge');
    expect(() => mergeLogs([part('a/1', { seed: 1 }), part('a/2')])).toThrow(
      'cannot merge different seeds: a/1 has 1, a/2 has none',
    );
  });
});
