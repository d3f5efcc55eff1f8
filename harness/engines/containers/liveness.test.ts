import { expect, it } from 'vitest';
import { NoEngineError } from '../engine.js';
import { Liveness } from './liveness.js';

const never = new Promise<never>(() => {});
const soon = { answerMs: 20, askEveryMs: 1 };
const failure = new Error('some failure');

it('a failure is what it is while the engine answers', async () => {
  const liveness = new Liveness({ ping: async () => 'OK' });
  await expect(liveness.during(Promise.reject(failure))).rejects.toBe(failure);
  expect(await liveness.during(Promise.resolve(7))).toBe(7);
  expect(liveness.gone).toBe(false);
});

it('a failure is the engine’s where it does not answer any more, and stays so', async () => {
  const liveness = new Liveness({ ping: () => Promise.reject(new Error('connect ENOENT')) });
  await expect(liveness.during(Promise.reject(failure))).rejects.toThrow(NoEngineError);
  await expect(liveness.during(Promise.reject(failure))).rejects.toThrow(
    'the container engine stopped answering (connect ENOENT): start it',
  );
  expect(liveness.gone).toBe(true);
});

it('work that hangs ends when the engine hangs', async () => {
  const liveness = new Liveness({ ping: () => never }, soon);
  // Kept alive by the test: the watch itself holds no process open.
  const held = setInterval(() => {}, 1000);
  await expect(liveness.during(never)).rejects.toThrow(/stopped answering \(no answer in 0.02 s\)/);
  clearInterval(held);
});
