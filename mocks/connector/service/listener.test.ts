import { createServer, type ServerResponse } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { type OpenCloud, openCloud } from '../../../harness/engines/embedded/testing.js';
import type { EventBody, EventKind } from '../../../model/evidence/event.js';
import type { Operation } from '../../../model/evidence/vocabulary.js';
import { siteAddresses } from '../../../model/site/addresses.js';
import { documentedSite } from '../../../model/site/documented.js';
import type { Site, SiteInput } from '../../../model/site/schema.js';
import { Applications } from '../../applications/applications.js';
import { Visitor } from '../../users/visitor.js';
import { Connector } from '../connector.js';

let lab: OpenCloud;
let site: Site;
let connector: Connector;
let users: Visitor;

async function open(settings: SiteInput['cloud']): Promise<void> {
  site = documentedSite({ cloud: settings });
  lab = await openCloud(site);
  const [server] = site.servers;
  if (!server) throw new Error('the documented site has a server');
  const { network, pki } = lab;
  connector = new Connector({ stack: network.server(server.name), server, site, roots: pki.roots });
  users = new Visitor({ stack: network.internet('user'), roots: pki.roots, site: () => site });
  await new Applications(network.internet('applications')).setSite(site, siteAddresses(site).applications);
}

afterEach(async () => {
  await connector[Symbol.asyncDispose]();
  await lab[Symbol.asyncDispose]();
});

function seen<K extends EventKind>(kind: K): Extract<EventBody, { kind: K }>[] {
  return lab.events.filter((event): event is Extract<EventBody, { kind: K }> => event.kind === kind);
}

async function perform(...operations: Operation[]): Promise<string[]> {
  for (const operation of operations) await connector.perform(operation);
  return seen('operation').map(({ outcome }) => outcome);
}

const life: Operation[] = ['install', 'sign-in', 'register', 'bootstrap', 'listen'];
const minute = 60_000;

async function visit(): Promise<string | undefined> {
  await users.visit(site.applications[0]?.external ?? '');
  await connector.idle();
  return seen('visit').at(-1)?.page;
}

const controls = () =>
  seen('cloud')
    .filter(({ method, status }) => method === 'ATTACH' && status === 200)
    .map(({ host }) => host.split('.')[0]);
const all = ['cwap-eur1-weur2', 'cwap-eur1-neur2', 'cwap-eur1-frc2', 'cwap-eur1-dwc2'];
const quiet = { 'bootstrap-interval': '1d', 'signalling-keep-alive': '1h' };
const hour = 60 * minute;

it('control connections are open to every namespace that bootstrap names, and opened anew after their lease', async () => {
  await open({ timers: { ...quiet, 'signalling-lease': '6h' } });
  await perform(...life);
  expect(controls()).toEqual(all);
  await lab.clock.advance(7 * hour);
  expect(controls().toSorted()).toEqual([...all, ...all].toSorted());
  expect(await visit()).toBe('application');
});

it('there is one control connection where the site has one namespace', async () => {
  await open({ namespaces: 1 });
  await perform(...life);
  expect(controls()).toEqual(all.slice(0, 1));
});

it('control connections may be recycled in the middle of a request, and the user gets the answer', async () => {
  const recycled = { fault: 'relay-recycled', host: '*.servicebus.windows.net' } as const;
  const timers = { ...quiet, 'signalling-lease': '7d' };
  await open({ timers, faults: [recycled] });
  await perform(...life);
  await lab.clock.advance(24 * hour - 1000);
  const address = [...siteAddresses(site).applications.values()][0] ?? '';
  const asked = new Promise<ServerResponse>((resolve) => {
    const http = createServer((_, response) => resolve(response));
    const stack = lab.network.internet('applications');
    void stack.listen(address, 80, ({ socket }) => void http.emit('connection', socket));
  });
  const visited = visit();
  const response = await asked;
  await lab.clock.advance(2000);
  expect(seen('fault').map(({ fault }) => fault)).toEqual(all.map(() => 'relay-recycled'));
  response.writeHead(200, { connection: 'close' }).end('late, and there');
  expect(await visited).toBe('application');
  expect(controls()).toHaveLength(8);
  expect((await perform('deliver')).at(-1)).toBe('ok');
});
