import fc from 'fast-check';
import { completeSite } from '../../model/site/complete.js';
import type { Site, SiteInput } from '../../model/site/schema.js';
import { type Base, bases } from './bases.js';
import type { Fault, Truth } from './faults/fault.js';
import { faults } from './faults/index.js';

/** A site to diagnose, and what is wrong in it; the truth is for whoever counts. */
export interface Case {
  id: string;
  base: Base;
  faults: readonly Fault[];
  truths: readonly Truth[];
  site: Site;
}

export function singles(use: Base['use']): Case[] {
  return bases
    .filter((base) => base.use === use)
    .flatMap((base) => faults.flatMap((fault) => caseOf(base, [fault]) ?? []));
}

/** Pairs, drawn with a seed: as many as wanted of all pairs of kinds in all bases of one use. */
export function pairs(use: Base['use'], count: number, seed: number): Case[] {
  const all = bases
    .filter((base) => base.use === use)
    .flatMap((base) =>
      faults.flatMap((one, index) => faults.slice(index + 1).map((other) => ({ base, pair: [one, other] }))),
    )
    .filter(({ base, pair }) => pair.every((fault) => fault.truth(base) !== undefined))
    // Two of one switch: the second would take the place of the first.
    .filter(({ base, pair }) => !overwrite(base, pair));
  const order = fc.sample(
    fc.shuffledSubarray(
      all.map((_, index) => index),
      { minLength: all.length },
    ),
    { seed, numRuns: 1 },
  )[0];
  return (order ?? [])
    .slice(0, count)
    .sort((a, b) => a - b)
    .flatMap((index) => {
      const drawn = all[index];
      return (drawn && caseOf(drawn.base, drawn.pair)) ?? [];
    });
}

/** The id of each fault of a case where it is the only one. */
export function alone({ base, faults: made }: Case): string[] {
  return made.map((fault) => idOf(base, [fault]));
}

/** How many kinds of faults there are. */
export const kinds = faults.length;

function overwrite(base: Base, [one, other]: readonly Fault[]): boolean {
  if (!one || !other) return true;
  const both = written(base, [one, other]);
  return both === written(base, [one]) || both === written(base, [other]) || loses(base, one, other);
}

/** Whether the first is not there any more once the second was made. */
function loses(base: Base, one: Fault, other: Fault): boolean {
  const other1 = written(base, [one, other]);
  const other2 = written(base, [other, one]);
  return one.device === other.device && other1 !== other2 && !other1.includes('"rules"');
}

function written(base: Base, made: readonly Fault[]): string {
  return JSON.stringify(siteWith(base, made));
}

function siteWith(base: Base, made: readonly Fault[]): SiteInput {
  const site = structuredClone(base.site);
  for (const fault of made) fault.make(site, base);
  return site;
}

function caseOf(base: Base, made: readonly Fault[]): Case | undefined {
  const truths = made.flatMap((fault) => fault.truth(base) ?? []);
  if (truths.length < made.length) return undefined;
  return { id: idOf(base, made), base, faults: made, truths, site: completeSite(siteWith(base, made)) };
}

function idOf(base: Base, made: readonly Fault[]): string {
  return [base.name, ...made.map((fault) => fault.id)].join(' + ');
}
