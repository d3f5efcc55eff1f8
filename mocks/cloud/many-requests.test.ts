import { expect, it } from 'vitest';
import { documentedSite } from '../../model/site/documented.js';
import { ConnectorLab, everyOk, life } from '../connector/testing.js';

const lab = new ConnectorLab();
const meeting = 'meet the request at the gateway';
const external = 'https://intranet-contoso.msappproxy.net/';
const intranet = { name: 'Intranet', external, internal: 'http://intranet.contoso.test/' };
const site = documentedSite({
  servers: [{ name: 'app-proxy-01' }, { name: 'app-proxy-02' }],
  applications: [{ ...intranet, 'pre-authentication': false }],
});

/** What users are told who ask all at once; with the tenth answer something happens. */
async function askAtOnce(requests: number, inTheMiddle: () => Promise<void>): Promise<number[]> {
  await lab.open(site);
  for (const connector of lab.connectors) expect(await lab.performOn(connector, ...life)).toEqual(everyOk);
  let answered = 0;
  let happened = Promise.resolve();
  const asked = Array.from({ length: requests }, async (_, index) => {
    const answer = await lab.fetch(`${external}${index}`);
    if (++answered === 10) happened = inTheMiddle();
    return (await answer.text()).includes('Intranet') ? answer.status : -answer.status;
  });
  const told = await Promise.all(asked);
  await happened;
  return told;
}

function brought(): number {
  const attempts = lab.seen('attempt').filter(({ purpose }) => purpose === 'bring the response');
  return attempts.filter(({ outcome }) => outcome === 'ok').length;
}

/** Each costs three handshakes of TLS, all in this process, which is what bounds it. */
it('a thousand requests at the same time, and one of two connectors is stopped in their middle: none is lost', async () => {
  const requests = 1000;
  expect(await askAtOnce(requests, () => lab.connector.service('connector', 'stop'))).toEqual(
    Array(requests).fill(200),
  );
  expect(brought()).toBe(requests);
  const asked = lab.seen('cloud').flatMap(({ service, path }) => (service === 'edge' ? [path] : []));
  expect(new Set(asked).size).toBe(requests);
  // The control: without its connectors the next one is told so.
  await lab.connectors[1]?.service('connector', 'stop');
  await expect.poll(async () => (await lab.fetch(external)).status).toBe(504);
});

it('a server that dies takes with it what its connector had come for, and nothing else', async () => {
  const requests = 200;
  const told = await askAtOnce(requests, async () => {
    const [server] = site.servers;
    // Whatever it keeps open is gone, and nobody has agreed on that.
    if (server) lab.connector.setSite(server, site, []);
  });
  const lost = told.filter((status) => status !== 200);
  expect(new Set(lost)).toEqual(new Set(lost.length > 0 ? [-504] : []));
  expect(brought()).toBe(requests - lost.length);
  // What is lost was met: the connector that has gone may tell so a moment later.
  const met = () =>
    lab.seen('attempt').filter((one) => one.purpose === meeting && one.outcome === 'ok').length;
  await expect.poll(() => met() - brought()).toBeGreaterThanOrEqual(lost.length);
});
