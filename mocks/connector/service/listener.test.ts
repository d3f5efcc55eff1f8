import { createServer, type ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { siteAddresses } from '../../../model/site/addresses.js';
import { documentedSite } from '../../../model/site/documented.js';
import type { SiteInput } from '../../../model/site/schema.js';
import { ConnectorLab, life } from '../testing.js';

const lab = new ConnectorLab();
const open = (cloud: SiteInput['cloud']) => lab.open(documentedSite({ cloud }));
const minute = 60_000;

const controls = () =>
  lab
    .seen('cloud')
    .filter(({ method, status }) => method === 'ATTACH' && status === 200)
    .map(({ host }) => host.split('.')[0]);
const all = ['cwap-eur1-weur2', 'cwap-eur1-neur2', 'cwap-eur1-frc2', 'cwap-eur1-dwc2'];
const quiet = { 'bootstrap-interval': '1d', 'signalling-keep-alive': '1h' };
const hour = 60 * minute;

it('control connections are open to every namespace that bootstrap names, and opened anew after their lease', async () => {
  await open({ timers: { ...quiet, 'signalling-lease': '6h' } });
  await lab.perform(...life);
  expect(controls()).toEqual(all);
  await lab.clock.advance(7 * hour);
  expect(controls().toSorted()).toEqual([...all, ...all].toSorted());
  expect(await lab.visit()).toBe('application');
});

it('there is one control connection where the site has one namespace', async () => {
  await open({ namespaces: 1 });
  await lab.perform(...life);
  expect(controls()).toEqual(all.slice(0, 1));
});

it('control connections may be recycled in the middle of a request, and the user gets the answer', async () => {
  const recycled = { fault: 'relay-recycled', host: '*.servicebus.windows.net' } as const;
  const timers = { ...quiet, 'signalling-lease': '7d' };
  await open({ timers, faults: [recycled] });
  await lab.perform(...life);
  await lab.clock.advance(24 * hour - 1000);
  const address = [...siteAddresses(lab.site).applications.values()][0] ?? '';
  const asked = new Promise<ServerResponse>((resolve) => {
    const http = createServer((_, response) => resolve(response));
    lab.fabric.listen(address, 80, ({ socket }) => void http.emit('connection', socket));
  });
  const visited = lab.visit();
  const response = await asked;
  await lab.clock.advance(2000);
  expect(lab.seen('fault').map(({ fault }) => fault)).toEqual(all.map(() => 'relay-recycled'));
  response.writeHead(200, { connection: 'close' }).end('late, and there');
  expect(await visited).toBe('application');
  expect(controls()).toHaveLength(8);
  expect((await lab.perform('deliver')).at(-1)).toBe('ok');
});
