import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { internetHosts } from '../harness/engines/internet.js';
import { internetOf } from '../model/path/public-host.js';
import { anySite, seed, sitesDrawn } from '../model/path/testing/sites.js';
import { cure, grantAll, kindOf } from '../model/repair/cure.js';
import { isFree, stopsOf } from '../model/repair/stops.js';
import { paritySites } from './parity-sites.js';

const folder = fileURLToPath(new URL('../scenarios/sites', import.meta.url));
const sites = await paritySites(folder, 1, 0);

describe('the walk through the devices of a site', () => {
  // What a life on either engine says as well, parity asks.
  it.each(sites.filter(({ verdict }) => verdict !== undefined))(
    'charges $name to exactly what is wrong in it',
    ({ site, verdict = [] }) => {
      const { requests, incurable } = cure(site, internetOf(internetHosts(site)));
      const broken = [...new Set(requests.flatMap(({ requirements }) => requirements))].sort();
      expect({ broken, incurable }).toEqual({
        broken: verdict === 'works' ? [] : [...verdict].sort(),
        incurable: [],
      });
    },
  );
});

describe('the requests for a site that nobody wrote', () => {
  it('cure it, and each of them is needed', () => {
    fc.assert(
      fc.property(anySite, (site) => {
        const internet = internetOf(internetHosts(site));
        const { requests, incurable, site: cured } = cure(site, internet);
        expect(incurable).toEqual([]);
        expect(stopsOf(cured, internet)).toEqual([]);
        for (const request of requests) {
          const others = requests.filter((one) => one !== request);
          expect(isFree(grantAll(others, site), internet), kindOf(request).words(request)).toBe(false);
        }
      }),
      { seed, numRuns: sitesDrawn(100) },
    );
  });
});
