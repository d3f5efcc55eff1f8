import { expect, it } from 'vitest';
import { takingTurns } from './taking-turns.js';

/** Work that ends when the test says so. */
function turns() {
  const ends: { resolve(): void; reject(error: Error): void }[] = [];
  const ask = takingTurns(() => new Promise((resolve, reject) => void ends.push({ resolve, reject })));
  return { ask, ends };
}

it('whoever asks meanwhile shares the turn after', async () => {
  const { ask, ends } = turns();
  const first = ask();
  await Promise.resolve();
  const late = [ask(), ask(), ask()];
  expect(ends).toHaveLength(1);
  ends[0]?.resolve();
  await first;
  await Promise.resolve();
  expect(ends).toHaveLength(2);
  ends[1]?.resolve();
  await Promise.all(late);
  expect(ends).toHaveLength(2);
});

it('a turn that fails is not the end of those after it', async () => {
  const { ask, ends } = turns();
  const first = ask();
  await Promise.resolve();
  const late = ask();
  ends[0]?.reject(new Error('gone'));
  await expect(first).rejects.toThrow('gone');
  await Promise.resolve();
  ends[1]?.resolve();
  await late;
});
