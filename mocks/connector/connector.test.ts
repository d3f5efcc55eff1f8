import { createServer as createHttpServer, type RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { Fabric } from '../../harness/engines/embedded/fabric.js';
import { Network } from '../../harness/engines/embedded/network.js';
import { SocketPairs } from '../../harness/engines/embedded/socket-pair.js';
import { LabClock } from '../../harness/engines/parts/lab-clock.js';
import type { EventBody, EventKind } from '../../harness/evidence/event.js';
import type { Operation } from '../../harness/evidence/vocabulary.js';
import { siteAddresses } from '../../harness/site/addresses.js';
import { documentedSite } from '../../harness/site/documented.js';
import { Applications } from '../applications/applications.js';
import { Cloud } from '../cloud/cloud.js';
import { Visitor } from '../cloud/edge/visitor.js';
import { Pki } from '../pki/pki.js';
import { serviceNames } from '../protocol/names.js';
import { Connector } from './connector.js';
import { CertificateFacts } from './trust/certificate-facts.js';

const startAt = Date.UTC(2026, 5, 1);
const minute = 60_000;
const site = documentedSite();
const [server] = site.servers;
const external = site.applications[0]?.external ?? '';
const names = serviceNames(site);
const namespace = names.namespaces[0]?.host ?? '';

let pairs: SocketPairs;
let pki: Pki;
let certificates: CertificateFacts;
let fabric: Fabric;
let clock: LabClock;
let cloud: Cloud;
let users: Visitor;
let connector: Connector;
let events: EventBody[];

beforeAll(async () => {
  pairs = await SocketPairs.open();
  pki = await Pki.create(startAt);
  // As in a run, where labs share what is known of the certificates that they share.
  certificates = new CertificateFacts();
});

beforeEach(async () => {
  if (!server) throw new Error('the documented site has a server');
  events = [];
  clock = new LabClock(startAt);
  fabric = new Fabric(pairs);
  const network = new Network({ fabric, clock, emit: (_, event) => `e${events.push(event)}` }, site);
  cloud = await Cloud.start({ stack: network.internet('cloud'), site, pki });
  users = new Visitor({ stack: network.internet('user'), roots: pki.roots, site: () => site });
  const applications = new Applications(network.internet('applications'));
  await network.install(site, cloud.zone, undefined);
  await applications.setSite(site, siteAddresses(site).applications);
  const stack = network.server(server.name);
  connector = new Connector({ stack, server, site, roots: pki.roots, certificates });
  return async () => {
    for (const one of [connector, fabric, cloud, applications]) await one[Symbol.asyncDispose]();
  };
});

function seen<K extends EventKind>(kind: K): Extract<EventBody, { kind: K }>[] {
  return events.filter((event): event is Extract<EventBody, { kind: K }> => event.kind === kind);
}

async function perform(...operations: Operation[]): Promise<string[]> {
  const before = seen('operation').length;
  for (const operation of operations) await connector.perform(operation);
  return seen('operation')
    .slice(before)
    .map(({ outcome }) => outcome);
}

/** How the attempts to listen ended, in the order of the namespaces. */
function listens(): string[] {
  return seen('attempt')
    .filter(({ operation, purpose }) => operation === 'listen' && purpose === 'listen for requests')
    .map(({ outcome }) => outcome);
}

async function visit(): Promise<string | undefined> {
  await users.visit(external);
  await connector.idle();
  return seen('visit').at(-1)?.page;
}

/** Puts something of the test's own where a host of the cloud was. */
async function replace(host: string, port: number, accept: (socket: Socket) => void): Promise<void> {
  const at = cloud.zone.find(({ name }) => name === host);
  if (!at) throw new Error(`the cloud has no ${host}`);
  fabric.listen(at.address, port, ({ socket }) => accept(socket));
}

/** As {@link replace}, behind the host's own certificate. */
async function replaceSecure(host: string, accept: (socket: TLSSocket) => void): Promise<void> {
  const { keyPem, chainPem } = await pki.leaf(host);
  const secureContext = createSecureContext({ key: keyPem, cert: chainPem });
  await replace(host, 443, (socket) => {
    const secure = new TLSSocket(socket, { isServer: true, secureContext });
    secure.on('error', () => secure.destroy());
    accept(secure);
  });
}

function replies(listener: RequestListener): (socket: Socket) => void {
  const http = createHttpServer(listener);
  return (socket) => void http.emit('connection', socket);
}

const life: Operation[] = ['install', 'sign-in', 'register', 'bootstrap', 'listen'];
const everyOk = life.map(() => 'ok');

describe('a life', () => {
  it('goes from installation to renewal, one operation event each', async () => {
    expect(await perform(...life)).toEqual(everyOk);
    expect(await visit()).toBe('application');
    expect(await perform('deliver', 'renew', 'bootstrap', 'update', 'revocation-check')).toEqual(
      Array(5).fill('ok'),
    );
  });

  it('never attempts what lacks its prerequisite, and sends nothing for it', async () => {
    await perform('sign-in', 'register', 'bootstrap', 'listen', 'deliver', 'renew', 'revocation-check');
    expect(seen('operation').map(({ outcome, prerequisite }) => [outcome, prerequisite])).toEqual([
      ['not-attempted', 'install'],
      ['not-attempted', 'sign-in'],
      ['not-attempted', 'register'],
      ['not-attempted', 'register'],
      ['not-attempted', 'listen'],
      ['not-attempted', 'register'],
      ['not-attempted', 'bootstrap'],
    ]);
    expect(seen('connection')).toEqual([]);
  });

  it('renews its certificate by itself before the end of 180 days', async () => {
    // A report every ten minutes would be tens of thousands; the renewal is what counts here.
    const timers = {
      'bootstrap-interval': '1d',
      'signalling-keep-alive': '1d',
      'signalling-lease': '365d',
      'signalling-idle': '365d',
    };
    await cloud.setSite(documentedSite({ cloud: { timers } }));
    await perform(...life);
    await clock.advance(170 * 1440 * minute);
    const renewals = seen('attempt').filter(({ operation }) => operation === 'renew');
    expect(renewals.map(({ outcome }) => outcome)).toEqual(['ok']);
    await clock.advance(20 * 1440 * minute);
    expect(await perform('bootstrap')).toEqual(['ok']);
  });

  it('opens the signalling connection again by itself', async () => {
    await perform(...life);
    await fabric.cut();
    expect(await visit()).toBe('gateway-timeout');
    await clock.advance(minute);
    expect(await visit()).toBe('application');
  });
});

describe('what the service wants', () => {
  const hour = 60 * minute;
  const reports = () => seen('attempt').filter(({ operation }) => operation === 'bootstrap');

  it('when reports fail: one try after the interval, five with growing delays, then hourly', async () => {
    await perform(...life);
    await cloud.setSite(
      documentedSite({ cloud: { faults: [{ fault: 'service-unavailable', host: names.bootstrap }] } }),
    );
    // When reports are made, in minutes after the last good one.
    const at = async (span: number) => {
      const before = reports().length;
      await clock.advance(span);
      return reports().length - before;
    };
    expect(await at(9 * minute)).toBe(0);
    // Ten minutes after the last good one, the second ten minutes later; 3 s and 18 s after that.
    expect(await at(2 * minute)).toBe(1);
    expect(await at(8 * minute)).toBe(0);
    expect(await at(2 * minute)).toBeGreaterThanOrEqual(2);
    // 104 s, 10 and 60 minutes, each a fifth more or less: all are over after two hours.
    await at(2 * hour);
    const day = await at(24 * hour);
    expect(day).toBeGreaterThanOrEqual(24 / 1.2);
    expect(day).toBeLessThanOrEqual(24 / 0.8);
    expect(reports().every(({ outcome }, index) => (outcome === 'ok') === (index === 0))).toBe(true);
    await cloud.setSite(site);
    await clock.advance(2 * hour);
    expect(reports().at(-1)?.outcome).toBe('ok');
    expect(await at(hour)).toBe(6);
  });

  it('after too many failures: nothing, until somebody starts it again', async () => {
    await cloud.setSite(documentedSite({ cloud: { 'max-failed-bootstraps': 3 } }));
    await perform(...life);
    await cloud.setSite(
      documentedSite({ cloud: { faults: [{ fault: 'service-unavailable', host: names.bootstrap }] } }),
    );
    await clock.advance(24 * hour);
    expect(reports().map(({ outcome }) => outcome)).toEqual(['ok', ...Array(3).fill('refused-by-service')]);
    expect(seen('windows-log').at(-1)?.text).toMatch(/3 reports have failed/);
    await cloud.setSite(site);
    expect(await perform('bootstrap')).toEqual(['ok']);
  });

  it('an update: the updater fetches it, and the next report is of the new version', async () => {
    if (server) connector.setSite({ ...server, connector: '1.5.2846.0' }, site, undefined);
    await cloud.setSite(documentedSite({ cloud: { 'required-connector': '1.5.3437.0' } }));
    await perform(...life);
    expect(seen('attempt').filter(({ operation }) => operation === 'update')).toHaveLength(1);
    expect(seen('windows-log').at(-1)?.text).toMatch(/updated from 1\.5\.2846\.0 to 1\.5\.3437\.0/);
    await clock.advance(hour);
    expect(seen('attempt').filter(({ operation }) => operation === 'update')).toHaveLength(1);
    cloud.viewConnector(server?.name ?? '');
    expect(seen('portal').at(-1)?.version).toBe('1.5.3437.0');
  });

  it('to be heard: its message is in the log', async () => {
    await cloud.setSite(documentedSite({ cloud: { message: { level: 'error', text: 'no licence' } } }));
    expect(await perform(...life)).toEqual(everyOk);
    expect(seen('windows-log').at(-1)).toMatchObject({ level: 'error', text: 'no licence' });
  });
});

describe('what an application answers is for the user', () => {
  it.each([
    [403, 'forbidden'],
    [404, 'not-found'],
    [500, 'application'],
  ])('%i', async (status, page) => {
    await perform(...life);
    const address = [...siteAddresses(site).applications.values()][0] ?? '';
    const accept = replies((_, response) =>
      response.writeHead(status, { connection: 'close' }).end('its own'),
    );
    fabric.listen(address, 80, ({ socket }) => accept(socket));
    expect(await visit()).toBe(page);
    expect(seen('visit').at(-1)?.status).toBe(status);
    expect(await perform('deliver')).toEqual(['ok']);
  });
});

describe('nonsense in place of an answer is a result, not a crash', () => {
  beforeEach(async () => {
    await perform('install', 'sign-in', 'register', 'bootstrap');
  });

  it.each([
    ['XML of another kind', 'application/xml', '<Other/>', 'refused-by-service'],
    [
      'XML with entities',
      'application/xml',
      '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
      'refused-by-service',
    ],
    ['binary', 'application/xml', '\u0000\u0001\u0002', 'refused-by-service'],
    ['a page that says it is XML', 'application/xml', '<!doctype html><p>blocked', 'http-block-page'],
    ['a page', 'text/html', '<html>blocked</html>', 'http-block-page'],
  ])('bootstrap: %s', async (_, type, body, outcome) => {
    await replaceSecure(
      names.bootstrap,
      replies((_request, response) => response.writeHead(200, { 'content-type': type }).end(body)),
    );
    expect(await perform('bootstrap')).toEqual([outcome]);
  });

  it('update: not JSON', async () => {
    await replaceSecure(
      names.updates,
      replies((_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{')),
    );
    expect(await perform('update')).toEqual(['refused-by-service']);
  });

  it('bootstrap: not HTTP', async () => {
    await replaceSecure(names.bootstrap, (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n\r\n'));
    expect(await perform('bootstrap')).toEqual(['http-block-page']);
  });

  it('bootstrap: not TLS, closed at once', async () => {
    await replace(names.bootstrap, 443, (socket) => socket.destroy());
    expect(await perform('bootstrap')).toEqual(['tcp-reset']);
    expect(seen('operation').at(-1)?.connection).toBeDefined();
  });

  it('listen: frames that are none', async () => {
    const sockets = new WebSocketServer({ noServer: true });
    const http = createHttpServer();
    http.on('upgrade', (request, socket, head) =>
      sockets.handleUpgrade(request, socket, head, (peer) => peer.send('{"type":"surprise"}')),
    );
    await replaceSecure(namespace, (socket) => void http.emit('connection', socket));
    await perform('listen');
    expect(listens()).toEqual(['refused-by-service', 'ok', 'ok', 'ok']);
  });

  it('listen: an upgrade that is not one', async () => {
    const http = createHttpServer();
    http.on('upgrade', (_, socket) =>
      socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'),
    );
    await replaceSecure(namespace, (socket) => void http.emit('connection', socket));
    await perform('listen');
    expect(listens()).toEqual(['websocket-upgrade-refused', 'ok', 'ok', 'ok']);
  });
});

describe('a root store that is behind', () => {
  const stale = server && { ...server, roots: 'stale' as const };

  beforeEach(() => stale && connector.setSite(stale, site, undefined));

  it('is brought up to date by the root list', async () => {
    expect(await perform(...life)).toEqual(everyOk);
  });

  it('stays behind where a page comes in place of the list', async () => {
    await replace(
      names.rootList,
      80,
      replies((_, response) =>
        response.writeHead(200, { 'content-type': 'text/html' }).end('<html>no</html>'),
      ),
    );
    expect(await perform('install')).toEqual(['tls-untrusted-issuer']);
    expect(seen('operation').at(-1)?.because).toBeDefined();
  });
});
