import { expect, it } from 'vitest';
import { cloudZone } from '../../../mocks/cloud/hosts.js';
import type { LabEvent } from '../../../model/evidence/event.js';
import { EvidenceIndex } from '../../../model/evidence/evidence-index.js';
import { internetOf } from '../../../model/path/public-host.js';
import { Walker } from '../../../model/path/walk.js';
import { placesInside } from '../../../model/repair/inside.js';
import { steps } from '../../../model/scenario/step.js';
import { completeSite } from '../../../model/site/complete.js';
import { internalPlace } from '../../../model/site/internal-url.js';
import { type Application, applicationCertificates } from '../../../model/site/schema.js';
import { resultsOf } from '../../../model/verdict/results-of.js';
import { EmbeddedEngine } from './embedded-engine.js';

const states = ['running', 'stopped', 'slow', 'failing'] as const;

/** One application for each certificate, validated or not, in each state; and some without TLS. */
const applications = states.flatMap((state) => [
  ...applicationCertificates.flatMap((certificate) =>
    [true, false].map((validates) => ({
      ...named(`${state}-${certificate}-${validates}`, 'https'),
      ...{ state, certificate, 'validate-backend-certificate': validates },
    })),
  ),
  { ...named(`${state}-plain`, 'http'), state },
]);

function named(name: string, scheme: string) {
  return { name, external: `https://${name}.msappproxy.net`, internal: `${scheme}://${name}.contoso.test/` };
}

/** What users see of an application, as it is told to be. */
function pageOf(application: Application): [page: string, status: number] {
  const { certificate, state } = application;
  if (state === 'stopped') return ['bad-gateway', 502];
  if (certificate !== 'trusted' && application['validate-backend-certificate']) return ['bad-gateway', 502];
  if (state === 'slow') return ['gateway-timeout', 504];
  return ['application', state === 'failing' ? 500 : 200];
}

it('the oracle says of every application what becomes of a request, by which rule, as the lab does it', async () => {
  const site = completeSite({ site: 'Every application', applications });
  const [server] = site.servers;
  const events: LabEvent[] = [];
  await using engine = new EmbeddedEngine();
  const record = (event: LabEvent) => void events.push(event);
  await using lab = await engine.open(site, { scenario: 'applications', startAt: Date.now(), record });
  for (const step of steps.operate(
    server?.name ?? '',
    'install',
    'sign-in',
    'register',
    'bootstrap',
    'listen',
  ))
    await lab.perform(step);
  const walker = new Walker(site, internetOf(cloudZone(site)));
  for (const place of placesInside(site)) {
    events.length = 0;
    const application = site.applications.find(({ name }) => name === place.application) as Application;
    await lab.perform(steps.visit(application.external));
    const { outcome, stops } = walker.walk(place);
    const { host } = internalPlace(application);
    const asked = new EvidenceIndex(events)
      .of('attempt')
      .filter((event) => event.purpose === 'ask the application');
    expect(asked, host).toMatchObject([{ host, outcome }]);
    const found = resultsOf(asked.length > 0 ? events : []).filter((one) => one.host === host);
    const foretold = stops.slice(0, 1).map(({ device, rule, result }) => ({ device, rule, result }));
    expect(found, host).toMatchObject(foretold);
    const [page, status] = pageOf(application);
    expect(
      events.filter(({ kind }) => kind === 'visit'),
      host,
    ).toMatchObject([{ page, status }]);
  }
});
