import { describe, expect, it } from 'vitest';
import { divide } from './shards.js';
import { shuffler } from './shuffle.js';

const ids = Array.from({ length: 40 }, (_, index) => `area/${String(index).padStart(2, '0')}`);

describe('divide', () => {
  it('gives every scenario to one shard, whatever is known of their times', () => {
    const some = new Map(ids.slice(0, 7).map((id, index) => [id, index * 100]));
    for (const durations of [new Map<string, number>(), some])
      for (const total of [1, 3, 7, 60]) expect(divide(ids, total, durations).flat().sort()).toEqual(ids);
  });

  it('makes shards that take about equally long', () => {
    // A few long ones, many short ones: by number alone, one shard would take most of the time.
    const durations = new Map(ids.map((id, index) => [id, index % 10 === 0 ? 10_000 : 100]));
    const times = divide(ids, 4, durations).map((shard) =>
      shard.reduce((sum, id) => sum + (durations.get(id) ?? 0), 0),
    );
    expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(100);
  });

  it('spreads by number where nothing is known, or nothing takes time', () => {
    const none = new Map(ids.map((id) => [id, 0]));
    for (const durations of [new Map<string, number>(), none])
      expect(divide(ids, 4, durations).map((shard) => shard.length)).toEqual([10, 10, 10, 10]);
  });

  it('does not depend on the order of what it is given', () => {
    const durations = new Map(ids.map((id, index) => [id, (index * 37) % 11]));
    expect(divide([...ids].reverse(), 3, durations)).toEqual(divide(ids, 3, durations));
  });
});

describe('shuffler', () => {
  it('gives the same orders for the same seed, others for another, and loses nothing', () => {
    const [one, again, other] = [shuffler(7), shuffler(7), shuffler(8)];
    const [first, second] = [one(ids), one(ids)];
    expect([again(ids), again(ids)]).toEqual([first, second]);
    expect(first).not.toEqual(second);
    expect(other(ids)).not.toEqual(first);
    expect([...first].sort()).toEqual(ids);
  });
});
