import { expect, it } from 'vitest';
import { documentedSite } from '../../model/site/documented.js';
import { ConnectorLab, everyOk, life } from '../connector/testing.js';

const lab = new ConnectorLab();
const requests = 1000;
const external = 'https://intranet-contoso.msappproxy.net/';
const intranet = { name: 'Intranet', external, internal: 'http://intranet.contoso.test/' };
const site = documentedSite({ applications: [{ ...intranet, 'pre-authentication': false }] });

/** Each costs three handshakes of TLS, all in this process, which is what bounds it. */
it('one connector loses none of a thousand requests that wait for it at the same time', async () => {
  await lab.open(site);
  expect(await lab.perform(...life)).toEqual(everyOk);
  const told = await Promise.all(
    Array.from({ length: requests }, async (_, index) => {
      const answer = await lab.fetch(`${external}${index}`);
      return [answer.status, await answer.text()];
    }),
  );
  expect(told).toEqual(Array(requests).fill([200, expect.stringContaining('Intranet')]));
  const asked = lab.seen('cloud').flatMap(({ service, path }) => (service === 'edge' ? [path] : []));
  expect(new Set(asked).size).toBe(requests);
  const brought = lab
    .seen('attempt')
    .filter(({ purpose, outcome }) => purpose === 'bring the response' && outcome === 'ok');
  expect(brought).toHaveLength(requests);
  // The control: without its connector the next one is told so.
  await lab.connector.service('connector', 'stop');
  await expect.poll(async () => (await lab.fetch(external)).status).toBe(504);
});
