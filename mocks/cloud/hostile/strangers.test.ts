import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { makeSas } from '../../protocol/sas.js';
import { controlProtocol, rendezvousProtocol, signallingPath } from '../../protocol/signalling.js';
import { usualLimits } from '../deadlines.js';
import { listenKey, servicePathOf } from '../relay/control.js';
import { closeOf, type OpenRelay, openRelay, rheaListener, startAt } from '../relay/testing.js';
import { overAndOver } from './many.js';

/** As many as usual would need thousands of sockets. */
const limits = { ...usualLimits, mostWaiting: 60 };
let lab: OpenRelay;
beforeEach(async () => {
  lab = await openRelay({}, limits);
});
afterEach(() => lab[Symbol.asyncDispose]());

const namespace = () => lab.context.names().namespaces[0];
/** Where somebody comes who says nothing more, and how. */
const doors: [string, () => [host: string, protocol: string]][] = [
  ['a control connection', () => [namespace()?.host ?? '', controlProtocol]],
  ['a gateway', () => [namespace()?.gateways[0] ?? '', rendezvousProtocol]],
];

async function comes([host, protocol]: [string, string]): Promise<WebSocket> {
  const socket = lab.dial(host, signallingPath, protocol);
  await once(socket, 'open');
  return socket;
}

/** A connector with a good token, which listens. */
async function listener() {
  const id = randomUUID();
  const host = namespace()?.host ?? '';
  const path = servicePathOf(lab.context.site().tenant.id, id);
  lab.context.state.connectors.set(id, { id, machineName: id, version: '1.5', externalIp: '198.18.1.1' });
  const token = makeSas(
    `http://${host}/${path}/`,
    listenKey(lab.context, path),
    'Connector',
    startAt + 3_600_000,
  );
  const base = `ws://127.0.0.1:${lab.port}`;
  const connection = rheaListener(base, { headers: { host } }, { host, path, token });
  await once(connection, 'sendable');
  return id;
}

describe.each(doors)('whoever comes to %s and does not say who he is', (_, door) => {
  it('goes as the oldest, where too many come; who has said it stays', async () => {
    const known = await listener();
    const first = await comes(door());
    const gone = closeOf(first);
    const others: WebSocket[] = [];
    for (let count = 1; count < limits.mostWaiting; count++) others.push(await comes(door()));
    expect(first.readyState).toBe(WebSocket.OPEN);
    const last = await comes(door());
    expect(await gone).toEqual([1006, '']);
    expect([...others, last].map(({ readyState }) => readyState)).toEqual(
      [...others, last].map(() => WebSocket.OPEN),
    );
    expect([...lab.context.state.listeners.keys()]).toEqual([known]);
  });

  it('goes after five minutes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const known = await listener();
    const socket = await comes(door());
    const gone = closeOf(socket);
    vi.advanceTimersByTime(usualLimits.requestWallMs - 1000);
    // Nothing has closed it: it is answered.
    socket.ping();
    await once(socket, 'pong');
    vi.advanceTimersByTime(2000);
    expect(await gone).toEqual([1006, '']);
    expect([...lab.context.state.listeners.keys()]).toEqual([known]);
  });

  it('goes where he asks and does not read', async () => {
    const arrived = once(lab.server, 'connection') as Promise<[Socket]>;
    const socket = await comes(door());
    const [served] = await arrived;
    const ended = new Promise<boolean>((resolve) => served.once('close', () => resolve(true)));
    const own = (socket as unknown as { _socket: Socket })._socket;
    own.pause();
    let asked = 0;
    for (let isEnded = false; !isEnded; asked += 1000) {
      for (let count = 0; count < 1000; count++) socket.ping(Buffer.alloc(125), true);
      const sent = new Promise<boolean>((resolve) => own.write('', () => resolve(false)));
      isEnded = await Promise.race([ended, sent]);
    }
    // What waits is bounded, besides what the system itself holds for a socket.
    expect(asked * 127).toBeLessThan(64 * 1024 * 1024);
    socket.terminate();
    expect((await comes(door())).readyState).toBe(WebSocket.OPEN);
  });

  it('over and over: memory is as before, and the lab goes on', async () => {
    await overAndOver(lab, () => comes(door()));
    expect(await listener()).toBe([...lab.context.state.listeners.keys()][0]);
  });
});
