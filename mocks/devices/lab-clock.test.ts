import { expect, it } from 'vitest';
import { LabClock } from './lab-clock.js';

it('ten days of a job every ten minutes pass at once, in order, each to its end', async () => {
  const now = Date.now();
  const clock = new LabClock(now);
  let runs = 0;
  let running = 0;
  const job = async (): Promise<void> => {
    running++;
    expect(running).toBe(1);
    await Promise.resolve();
    runs++;
    running--;
    clock.after(600_000, job);
  };
  clock.after(600_000, job);
  await clock.advance(10 * 86_400_000);
  expect(runs).toBe(1440);
  expect(clock.now()).toBe(now + 10 * 86_400_000);
});
