import { join } from 'node:path';
import fc from 'fast-check';
import { internetHosts } from '../../harness/engines/internet.js';
import { internetOf } from '../../model/path/public-host.js';
import { anySite } from '../../model/path/testing/sites.js';
import { cure } from '../../model/repair/cure.js';
import { completeSite } from '../../model/site/complete.js';
import type { Site } from '../../model/site/schema.js';
import { paritySites } from '../parity-sites.js';
import { bases } from './bases.js';
import { controlOf } from './live.js';

export interface Healthy {
  id: string;
  site: Site;
}

/**
 * Sites in which everything works: the bases, every site file of which `check` says so, each other one with
 * its requests granted, and so many drawn at random with theirs granted until there are enough.
 */
export async function healthySites(folder: string, count: number, seed: number): Promise<Healthy[]> {
  const files = await paritySites(join(folder, 'scenarios/sites'), seed, 0);
  const known = [
    ...bases.map(({ name, site }) => ({ id: `base ${name}`, site: completeSite(site) })),
    ...files.filter(({ verdict }) => verdict === 'works').map(({ name, site }) => ({ id: name, site })),
  ];
  const drawn = fc
    .sample(anySite, { seed, numRuns: Math.max(0, count - known.length) })
    .map((site, index) => ({
      id: `random/${seed}/${index}, cured`,
      site: cure(site, internetOf(internetHosts(site))).site,
    }));
  const keyed = [...known, ...drawn].slice(0, count).map((one) => ({ one, key: controlOf(one.site) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ one }) => one);
}
