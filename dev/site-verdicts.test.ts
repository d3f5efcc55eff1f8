import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curedText } from '../harness/cli/cured-text.js';
import { internetHosts } from '../harness/engines/internet.js';
import { hasList } from '../model/path/inspector-hop.js';
import { internetOf } from '../model/path/public-host.js';
import { anySite, seed, sitesDrawn } from '../model/path/testing/sites.js';
import { cure, grantAll, kindOf } from '../model/repair/cure.js';
import { placesInside } from '../model/repair/inside.js';
import type { Place } from '../model/repair/request.js';
import { isFree, stopsOf } from '../model/repair/stops.js';
import { hostsAskedOf } from '../model/requirements/documented-hosts.js';
import { inspectionListUrl } from '../model/site/inspection-list.js';
import { parseSite } from '../model/site/read.js';
import type { Site } from '../model/site/schema.js';
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
  it('cure it, each of them is needed, and none is about more than the page or the site asks for', () => {
    fc.assert(
      fc.property(anySite, (site) => {
        const internet = internetOf(internetHosts(site));
        const { requests, incurable, site: cured } = cure(site, internet);
        expect(incurable).toEqual([]);
        expect(stopsOf(cured, internet)).toEqual([]);
        const places = placesOf(site);
        for (const request of requests) {
          expect(request.targets.map(inWords).filter((place) => !places.has(place))).toEqual([]);
          const others = requests.filter((one) => one !== request);
          const isCured = isFree(grantAll(others, site), internet, request);
          expect(isCured, kindOf(request).words(request)).toBe(false);
        }
      }),
      { seed, numRuns: sitesDrawn(250) },
    );
  });
});

const inWords = ({ host, port }: Place) => `${host}:${port}`;

/** What anybody can be asked to open: rows of the page, what is published inside, the proxies, an inspector's list. */
function placesOf(site: Site): ReadonlySet<string | undefined> {
  const rows = hostsAskedOf(site).map(({ rule, port }) => ({ host: rule, port }));
  const { proxy } = site;
  const list = { host: new URL(inspectionListUrl).hostname, port: 80 };
  const lists = hasList(site.inspection) ? [list] : [];
  const places = [...rows, ...placesInside(site), ...lists].map(inWords);
  return new Set([...places, proxy?.address, proxy?.parent?.address]);
}
