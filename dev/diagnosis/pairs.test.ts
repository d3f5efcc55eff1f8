import { expect, it } from 'vitest';
import { EmbeddedEngine } from '../../harness/engines/embedded/embedded-engine.js';
import { diagnose } from '../../model/diagnosis/diagnose.js';
import { alone, pairs, singles } from './cases.js';
import { Lives } from './live.js';
import { isSame, observed } from './same.js';
import { areNamed, namesOf } from './score.js';

/** Of all pairs, with every change; all of them, or more, by `npm run bench:diagnosis`. */
const livedHere = 2;
const seed = Number(process.env.SEED ?? 20261129);
const drawn = pairs('reporting', livedHere, seed);
const known = new Map(singles('reporting').map((one) => [one.id, one]));

it('draws pairs of at least 35 kinds of faults', () => {
  expect(new Set(pairs('reporting', Number.POSITIVE_INFINITY, seed).flatMap(faultsOf)).size).toBeGreaterThan(
    35,
  );
  expect(drawn).toHaveLength(livedHere);
});

it.each(drawn)('names both, or the evidence is that of one alone: $id', async (pair) => {
  await using lives = new Lives(new EmbeddedEngine());
  const evidence = await lives.in(pair.site);
  const diagnosis = diagnose(evidence);
  if (areNamed(pair.truths, diagnosis, evidence)) return;
  const seen = observed(evidence);
  const as: string[] = [];
  for (const id of alone(pair)) {
    const one = known.get(id);
    if (one && isSame(seen, observed(await lives.in(one.site)))) as.push(id);
  }
  expect(as, `${namesOf(diagnosis)}, and not all that can be seen`).not.toEqual([]);
});

function faultsOf({ faults }: { faults: readonly { id: string }[] }): string[] {
  return faults.map(({ id }) => id);
}
