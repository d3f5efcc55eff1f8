import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curedText } from '../harness/cli/cured-text.js';
import { internetHosts } from '../harness/engines/internet.js';
import { internetOf } from '../model/path/public-host.js';
import { anySite, seed, sitesDrawn } from '../model/path/testing/sites.js';
import { cure, grantAll, kindOf } from '../model/repair/cure.js';
import { isFree, stopsOf } from '../model/repair/stops.js';
import { parseSite } from '../model/site/read.js';
import { paritySites } from './parity-sites.js';

const folder = fileURLToPath(new URL('../scenarios/sites', import.meta.url));
const sites = await paritySites(folder, 1, 0);

describe('the walk through the devices of a site', () => {
  // What a life on either engine says as well, parity asks.
  it.each(sites.filter(({ verdict }) => verdict !== undefined))(
    'charges $name to exactly what is wrong in it',
    ({ name, site, verdict = [] }) => {
      const internet = internetOf(internetHosts(site));
      const { requests, incurable, site: cured } = cure(site, internet);
      const broken = [...new Set(requests.flatMap(({ requirements }) => requirements))].sort();
      expect({ broken, incurable }).toEqual({
        broken: verdict === 'works' ? [] : [...verdict].sort(),
        incurable: [],
      });
      const bare = join(folder, name.replace('sites/', ''));
      const file = [`${bare}.yaml`, join(bare, 'site.yaml')].find(existsSync);
      if (file === undefined) return;
      // What `fix` writes: the changes, in a file of which the rest is as it was.
      const text = readFileSync(file, 'utf8');
      const written = curedText(text, file, site, cured);
      const read = parseSite(written, file);
      expect(isFree(read, internet)).toBe(true);
      const comments = (of: string) => of.split('\n').filter((line) => line.startsWith('#'));
      expect(comments(written)).toEqual(comments(text));
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
          const isCured = isFree(grantAll(others, site), internet, request);
          expect(isCured, kindOf(request).words(request)).toBe(false);
        }
      }),
      { seed, numRuns: sitesDrawn(100) },
    );
  });
});
