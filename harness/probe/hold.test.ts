import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../mocks/connector/probe/endpoint.js';
import { Pki } from '../../mocks/pki/pki.js';
import { toPem } from '../../mocks/pki/x509.js';
import { diagnose } from '../../model/diagnosis/diagnose.js';
import { fromEvents } from '../../model/diagnosis/from-events.js';
import { stacks } from '../../model/evidence/vocabulary.js';
import { documentedSite } from '../../model/site/documented.js';
import { probeSite } from './probe-site.js';
import { probeSystem } from './probe-system.js';
import { loopbackResolver, loopbackServer } from './testing.js';

describe('connections that are held for four minutes', () => {
  it.each([
    ['2m', ['link/idle']],
    ['10m', []],
  ] as const)('on a line that forgets after %s', async (timeout, causes) => {
    const { events } = await probeSite(documentedSite({ link: { 'idle-timeout': timeout } }), {
      isHolding: true,
    });
    const evidence = fromEvents(events);
    const asked = evidence.attempts.filter(({ purpose }) => purpose === 'use a connection that was quiet');
    expect(asked).toHaveLength(4);
    expect(diagnose(evidence).causes.map(({ rule }) => rule)).toEqual(causes);
  });

  const host = 'a.servicebus.windows.net';
  /** What becomes of the one connection that the system's stack holds while its time passes. */
  async function heldWhile(meanwhile: (socket: Socket) => void) {
    const pki = await Pki.create(Date.now());
    const { keyPem, chainPem } = await pki.leaf(host);
    const secureContext = createSecureContext({ key: keyPem, cert: chainPem });
    const http = createHttpServer((_, response) => response.writeHead(404).end());
    const open: Socket[] = [];
    await using server = await loopbackServer((socket) => {
      open.push(socket);
      const secure = new TLSSocket(socket, { isServer: true, secureContext });
      secure.on('error', () => secure.destroy());
      http.emit('connection', secure);
    });
    await using resolver = await loopbackResolver({ [host]: [] });
    const endpoint: Endpoint = {
      ...{ url: `https://${host}:${server.port}/`, operation: 'listen', stack: 'service', websocket: true },
    };
    const { events, uncounted } = await probeSystem({
      endpoints: [endpoint],
      settings: new Map(stacks.map((stack) => [stack, { kind: 'direct' }])),
      authorities: pki.roots.map(({ der }) => toPem(der)),
      resolvers: [resolver.address],
      async quiet() {
        const held = open.filter((socket) => !socket.destroyed);
        expect(held).toHaveLength(1);
        for (const socket of held) meanwhile(socket);
        await Promise.all(held.map((socket) => socket.destroyed || once(socket, 'close')));
      },
    });
    const attempts = fromEvents(events).attempts.filter(({ purpose }) => / quiet$|to hold$/.test(purpose));
    return { outcomes: attempts.map(({ outcome }) => outcome), uncounted };
  }

  it('was reset: it is lost', async () => {
    const { outcomes, uncounted } = await heldWhile((socket) => socket.resetAndDestroy());
    expect(outcomes).toEqual(['ok', 'tcp-reset']);
    expect(uncounted).toEqual([]);
  });

  it('was closed in order by the other end, which may do that: it says nothing', async () => {
    const { outcomes, uncounted } = await heldWhile((socket) => socket.end());
    expect(outcomes).toEqual(['ok']);
    expect(uncounted).toEqual([{ host, why: expect.stringContaining('closed a quiet connection') }]);
  });
});
