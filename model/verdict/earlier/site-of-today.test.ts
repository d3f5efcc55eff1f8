import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { documentedSite } from '../../site/documented.js';
import { readSite } from '../../site/read.js';
import type { Site } from '../../site/schema.js';
import type { RunLog } from '../run-log.js';
import { notRecorded } from './site-of-today.js';

const checked = (site: object): RunLog => ({
  run: {
    ...{ kind: 'run', schema: 'connector-lab/events@2', engine: 'embedded', edition: '2023-08-09' },
    ...{ startedAt: '2026-11-30T00:00:00.000Z', selected: ['check'], check: 'k' },
  },
  sites: new Map([['k', JSON.parse(JSON.stringify(site)) as Site]]),
  repetitions: [],
});

it('has nothing to say of any site of this version', async () => {
  const sites = fileURLToPath(new URL('../../../scenarios/sites', import.meta.url));
  const files = (await readdir(sites)).filter((name) => name.endsWith('.yaml'));
  expect(files.length).toBeGreaterThan(40);
  for (const name of files) expect(notRecorded(checked(await readSite(join(sites, name)))), name).toEqual([]);
});

it('names what a site lacks, and what it calls otherwise', () => {
  const { servers, link, ...rest } = documentedSite();
  const older = servers.map(({ hosts, ...server }) => server);
  const { 'round-trip': delay, ...others } = link;
  const site = { ...rest, servers: older, link: { ...others, latency: delay } };
  expect(notRecorded(checked(site)).sort()).toEqual(['link.latency', 'link.round-trip', 'servers.hosts']);
});
