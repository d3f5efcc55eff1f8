import { expect, it } from 'vitest';
import { Slots } from './slots.js';

it('does so much at once and no more, in the order in which it comes, also where some fails', async () => {
  const slots = new Slots(2);
  const begun: number[] = [];
  const ends: ((failed: boolean) => void)[] = [];
  const all = [0, 1, 2, 3].map((number) =>
    slots
      .run(() => {
        begun.push(number);
        return new Promise<number>((resolve, reject) => {
          ends[number] = (failed) => (failed ? reject(new Error('failed')) : resolve(number));
        });
      })
      .catch(() => undefined),
  );
  expect(begun).toEqual([0, 1]);
  ends[0]?.(true);
  await all[0];
  expect(begun).toEqual([0, 1, 2]);
  ends[2]?.(false);
  await all[2];
  expect(begun).toEqual([0, 1, 2, 3]);
  ends[1]?.(false);
  ends[3]?.(false);
  expect(await Promise.all(all)).toEqual([undefined, 1, 2, 3]);
});
