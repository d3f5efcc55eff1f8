import { spawnSync } from 'node:child_process';
import { afterEach, expect, it, vi } from 'vitest';
import { isDead, labelOf, labelsFor } from './labels.js';

const hour = 3_600_000;

afterEach(() => {
  vi.useRealTimers();
});

it.each([-48, -1, 1, 48])(
  'a clock that jumps by %d hours makes no live run dead, and no dead one live',
  (hours) => {
    const live = labelsFor('live');
    const { pid } = spawnSync(process.execPath, ['--version']);
    const dead = { ...live, [labelOf.process]: `${pid} 1` };
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + hours * hour });
    expect([isDead(live), isDead(dead)]).toEqual([false, true]);
  },
);

it('a run of another machine is dead when its lease is over', () => {
  const elsewhere = { ...labelsFor('live'), [labelOf.host]: 'elsewhere' };
  expect(isDead(elsewhere)).toBe(false);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 25 * hour });
  expect(isDead(elsewhere)).toBe(true);
});
