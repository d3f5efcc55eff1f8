import { setImmediate } from 'node:timers/promises';
import { expect } from 'vitest';
import { held } from '../../testing/held-memory.js';

/**
 * How much the process grows by work that is done thrice, mebibytes: the least of the three. Other tests of
 * the process, and what an engine makes once, make it grow too; a leak does every time.
 */
export async function leastGrowth(work: () => void): Promise<number> {
  const growths: number[] = [];
  for (let round = 0; round < 3; round++) {
    const before = await settled();
    work();
    growths.push((await settled()) - before);
  }
  const least = Math.min(...growths);
  say(0, least);
  return least;
}

/** What is held once what engines free in a later turn has been freed. */
async function settled(): Promise<number> {
  held();
  await setImmediate();
  return held();
}

/** So often each attack is made; the nightly form is `ATTACKS=10000 npx vitest run mocks/cloud/hostile`. */
export const many = Number(process.env.ATTACKS ?? 1000);
/** The first of them, after which what is made once has been made. */
const first = 300;
/** So many at the same time. */
const together = 50;
/** By so much the process may have grown between the first and the last. Mebibytes. */
const most = 12;

/**
 * Makes an attack over and over: memory is back afterwards where it was after the first of them.
 * What the lab wrote down of it is no part of that: its recorder hands it on.
 */
export async function overAndOver(
  lab: { events: unknown[] },
  attack: () => Promise<unknown>,
  often = many,
): Promise<void> {
  await times(first, attack);
  lab.events.length = 0;
  const before = held();
  await times(often - first, attack);
  lab.events.length = 0;
  let after = before;
  await expect
    .poll(() => {
      after = held();
      return after - before;
    })
    .toBeLessThan(most);
  say(before, after);
}

/** The nightly form prints a row of a table: what was done, how often, and what was held, MiB. */
function say(before: number, after: number): void {
  if (!process.env.ATTACKS) return;
  const change = `${after < before ? '−' : '+'}${Math.abs(after - before).toFixed(1)}`;
  process.stdout.write(`| ${expect.getState().currentTestName} | ${many} | ${change} MiB |\n`);
}

async function times(count: number, attack: () => Promise<unknown>): Promise<void> {
  for (let made = 0; made < count; made += together)
    await Promise.all(Array.from({ length: together }, attack));
}
