import type { Mutant } from './mutant.js';

export interface Choice {
  /** Parts of ids; without any, all. */
  patterns: readonly string[];
  /** Files that a change touches; without them, all. */
  touched?: readonly string[];
  /** `i/n`: every n-th, beginning with the i-th. */
  shard?: string;
}

/** The mutants that are asked for. @throws Error in words, where the shard is none, or a pattern fits nothing */
export function chosen(mutants: readonly Mutant[], { patterns, touched, shard }: Choice): Mutant[] {
  const strange = patterns.find((pattern) => !mutants.some(({ id }) => id.includes(pattern)));
  if (strange !== undefined) throw new Error(`no mutant is called "${strange}"`);
  const [index, count] = shard === undefined ? [1, 1] : partOf(shard);
  return mutants
    .filter(({ id }) => patterns.length === 0 || patterns.some((pattern) => id.includes(pattern)))
    .filter(({ file }) => touched === undefined || touched.includes(file))
    .filter((_, at) => at % count === index - 1);
}

function partOf(shard: string): [index: number, count: number] {
  const [, first, second] = /^(\d{1,4})\/(\d{1,4})$/.exec(shard) ?? [];
  const [index, count] = [Number(first), Number(second)];
  if (index >= 1 && index <= count) return [index, count];
  throw new Error(`"${shard}" is no part: 1/3 is the first of three`);
}
