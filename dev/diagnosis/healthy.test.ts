import { expect, it } from 'vitest';
import { EmbeddedEngine } from '../../harness/engines/embedded/embedded-engine.js';
import { diagnose } from '../../model/diagnosis/diagnose.js';
import { dimensions, healthySites } from './healthy/index.js';
import { Lives } from './live.js';

/** Of all healthy sites, with every change; 200 of them by `npm run bench:diagnosis`. */
const livedHere = 2;
const { healthy, refused } = healthySites(livedHere, Number(process.env.SEED ?? 20261129));

it('draws sites that differ in their traits, of which most work', () => {
  expect(healthy).toHaveLength(livedHere);
  expect(new Set(healthy.map(({ traits }) => traits.join())).size).toBe(livedHere);
  expect(refused.length).toBeLessThanOrEqual(livedHere);
});

it('calls each trait of a dimension otherwise than the rest', () => {
  for (const { name, traits } of dimensions)
    expect(new Set(traits.map((one) => one.name)).size, name).toBe(traits.length);
});

it.each(healthy)('names no cause in the healthy $id: $traits', async ({ site }) => {
  await using lives = new Lives(new EmbeddedEngine());
  expect(diagnose(await lives.in(site))).toMatchObject({ causes: [], unexplained: [] });
});
