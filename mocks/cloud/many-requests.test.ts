import { expect, it } from 'vitest';
import { openCloud } from '../../harness/engines/embedded/testing.js';
import { siteAddresses } from '../../model/site/addresses.js';
import { documentedSite } from '../../model/site/documented.js';
import { Applications } from '../applications/applications.js';
import { Connector } from '../connector/connector.js';
import { labFetch } from '../testing/lab-fetch.js';

const requests = 1000;
const external = 'https://intranet-contoso.msappproxy.net/';
const intranet = { name: 'Intranet', external, internal: 'http://intranet.contoso.test/' };
const site = documentedSite({ applications: [{ ...intranet, 'pre-authentication': false }] });

/** Each costs three handshakes of TLS, all in this process, which is what bounds it. */
it('one connector loses none of a thousand requests that wait for it at the same time', async () => {
  // A slow computer is no slow client.
  await using lab = await openCloud(site, { requestWallMs: 300_000 });
  await using applications = new Applications(lab.network.internet('applications'));
  await applications.setSite(site, siteAddresses(site).applications);
  const [server] = site.servers;
  if (!server) throw new Error('the site has no server');
  const stack = lab.network.server(server.name);
  await using connector = new Connector({ stack, server, site, roots: lab.pki.roots });
  for (const operation of ['install', 'sign-in', 'register', 'bootstrap', 'listen'] as const)
    await connector.perform(operation);
  const send = labFetch(lab.dialer(), lab.trust);
  const told = await Promise.all(
    Array.from({ length: requests }, async (_, index) => {
      const answer = await send(`${external}${index}`);
      return [answer.status, await answer.text()];
    }),
  );
  expect(told).toEqual(Array(requests).fill([200, expect.stringContaining('Intranet')]));
  const asked = lab.events.flatMap((event) =>
    event.kind === 'cloud' && event.service === 'edge' ? [event.path] : [],
  );
  expect(new Set(asked).size).toBe(requests);
  const brought = lab.events.filter(
    (event) => event.kind === 'attempt' && event.purpose === 'bring the response' && event.outcome === 'ok',
  );
  expect(brought).toHaveLength(requests);
  // The control: without its connector the next one is told so.
  await connector.service('connector', 'stop');
  await expect.poll(async () => (await send(external)).status).toBe(504);
}, 300_000);
