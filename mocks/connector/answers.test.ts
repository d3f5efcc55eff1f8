import { createServer as createHttpServer } from 'node:http';
import { beforeEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { siteAddresses } from '../../model/site/addresses.js';
import { serviceNames } from '../protocol/names.js';
import { ConnectorLab, everyOk, life, replies } from './testing.js';

const lab = new ConnectorLab();
beforeEach(() => lab.open());
const names = serviceNames(lab.site);
const namespace = names.namespaces[0]?.host ?? '';

describe('what an application answers is for the user', () => {
  it.each([
    [403, 'forbidden'],
    [404, 'application'],
    [500, 'application'],
  ])('%i: %s', async (status, page) => {
    await lab.perform(...life);
    const address = [...siteAddresses(lab.site).applications.values()][0] ?? '';
    const accept = replies((_, response) =>
      response.writeHead(status, { connection: 'close' }).end('its own'),
    );
    lab.fabric.listen(address, 80, ({ socket }) => accept(socket));
    expect(await lab.visit()).toBe(page);
    expect(lab.seen('visit').at(-1)?.status).toBe(status);
    expect(await lab.perform('deliver')).toEqual(['ok']);
  });

  it('and where the service crashes that should pass it on, no user sees an application', async () => {
    await lab.perform(...life);
    // No site file may say so, and no request can be made of it.
    const applications = lab.site.applications.map((one) => ({ ...one, internal: 'mailto:nobody' }));
    await lab.cloud.setSite({ ...lab.site, applications });
    expect(await lab.visit()).toBe('service-error');
    expect(lab.seen('visit').at(-1)?.status).toBe(500);
  });
});

describe('nonsense in place of an answer is a result, not a crash', () => {
  beforeEach(async () => {
    await lab.perform('install', 'sign-in', 'register', 'bootstrap');
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
    await lab.replaceSecure(
      names.bootstrap,
      replies((_request, response) => response.writeHead(200, { 'content-type': type }).end(body)),
    );
    expect(await lab.perform('bootstrap')).toEqual([outcome]);
  });

  it('update: not JSON', async () => {
    await lab.replaceSecure(
      names.updates,
      replies((_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{')),
    );
    expect(await lab.perform('update')).toEqual(['refused-by-service']);
  });

  it('bootstrap: not HTTP', async () => {
    await lab.replaceSecure(names.bootstrap, (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n\r\n'));
    expect(await lab.perform('bootstrap')).toEqual(['http-block-page']);
  });

  it('bootstrap: not TLS, closed at once', async () => {
    lab.replace(names.bootstrap, 443, (socket) => socket.destroy());
    expect(await lab.perform('bootstrap')).toEqual(['tcp-reset']);
    expect(lab.seen('operation').at(-1)?.connection).toBeDefined();
  });

  it('listen: frames that are none', async () => {
    const sockets = new WebSocketServer({ noServer: true });
    const http = createHttpServer();
    http.on('upgrade', (request, socket, head) =>
      sockets.handleUpgrade(request, socket, head, (peer) => peer.send('{"type":"surprise"}')),
    );
    await lab.replaceSecure(namespace, (socket) => void http.emit('connection', socket));
    await lab.perform('listen');
    expect(lab.listens()).toEqual(['refused-by-service', 'ok', 'ok', 'ok']);
  });

  it('listen: an upgrade that is not one', async () => {
    const http = createHttpServer();
    http.on('upgrade', (_, socket) =>
      socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'),
    );
    await lab.replaceSecure(namespace, (socket) => void http.emit('connection', socket));
    await lab.perform('listen');
    expect(lab.listens()).toEqual(['websocket-upgrade-refused', 'ok', 'ok', 'ok']);
  });
});

describe('a root store that is behind', () => {
  beforeEach(() => {
    const [server] = lab.site.servers;
    if (server) lab.connector.setSite({ ...server, roots: 'stale' }, lab.site, []);
  });

  it('is brought up to date by the root list', async () => {
    expect(await lab.perform(...life)).toEqual(everyOk);
  });

  it('stays behind where a page comes in place of the list', async () => {
    lab.replace(
      names.rootList,
      80,
      replies((_, response) =>
        response.writeHead(200, { 'content-type': 'text/html' }).end('<html>no</html>'),
      ),
    );
    // The installer is shown the page itself, and its next request meets a root that is not known.
    expect(await lab.perform('install')).toEqual(['http-block-page']);
    const unknown = lab.seen('attempt').find(({ outcome }) => outcome === 'tls-untrusted-issuer');
    expect(unknown?.because).toBeDefined();
  });
});
