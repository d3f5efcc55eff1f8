import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { LabEvent } from '../../model/evidence/event.js';
import { steps } from '../../model/scenario/step.js';
import { readSite } from '../../model/site/read.js';
import { EmbeddedEngine } from '../engines/embedded/embedded-engine.js';
import { asDocumented } from './documented.js';

it('a life through a site as documented works, whatever is wrong with its applications', async () => {
  const path = fileURLToPath(new URL('../../scenarios/sites/https-applications.yaml', import.meta.url));
  const site = asDocumented(await readSite(path));
  const events: LabEvent[] = [];
  await using engine = new EmbeddedEngine();
  const record = (event: LabEvent) => void events.push(event);
  await using lab = await engine.open(site, { scenario: 'check', startAt: Date.now(), record });
  const life = ['install', 'sign-in', 'register', 'bootstrap', 'listen'] as const;
  for (const { name } of site.servers)
    for (const step of steps.operate(name, ...life)) await lab.perform(step);
  for (const { external } of site.applications) await lab.perform(steps.visit(external));
  const visits = events.filter((event) => event.kind === 'visit');
  expect(visits.map(({ page, status }) => `${page} ${status}`)).toEqual(
    site.applications.map(() => 'application 200'),
  );
});
