import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { controlProtocol, rendezvousProtocol, signallingPath } from '../../protocol/signalling.js';
import { clientOf, type HybridClient, hour, settings } from '../relay/hybrid/testing.js';
import { closeOf, type OpenRelay, openRelay, startAt } from '../relay/testing.js';
import { overAndOver } from './many.js';

let lab: OpenRelay;
let client: HybridClient;
let [host, gateway] = ['', ''];
beforeEach(async () => {
  lab = await openRelay({ cloud: settings });
  client = clientOf(lab);
  const [namespace] = lab.context.names().namespaces;
  host = namespace?.host ?? '';
  gateway = namespace?.gateways[0] ?? '';
});
afterEach(() => lab[Symbol.asyncDispose]());

async function opened(): Promise<WebSocket> {
  const socket = lab.dial(host, signallingPath, controlProtocol);
  await once(socket, 'open');
  return socket;
}

/** The code with which a control connection ends on which somebody sends that. */
async function sent(message: Buffer | string): Promise<number> {
  const socket = await opened();
  const closed = closeOf(socket);
  socket.send(message);
  return (await closed)[0];
}

/** The same of bytes that no library would send. */
async function raw(bytes: Buffer): Promise<number> {
  const socket = await opened();
  const closed = closeOf(socket);
  (socket as unknown as { _socket: Socket })._socket.write(bytes);
  return (await closed)[0];
}

/** There are many attacks: a test that runs often makes fewer of each. */
const fewer = Number(process.env.ATTACKS ?? 400);

const noMask = [0, 0, 0, 0];
const piece = Buffer.concat([Buffer.from([0xfe, 0x9c, 0x40, ...noMask]), Buffer.alloc(40_000)]);
const pieces = Buffer.concat([Buffer.from([2]), piece, Buffer.from([0]), piece]);
const sasl = Buffer.from('AMQP\x03\x01\x00\x00', 'latin1');
const amqp = (...bytes: number[]) => Buffer.concat([sasl, Buffer.from(bytes)]);

/** A request that was never announced, asked for. */
async function unannounced(): Promise<number> {
  const socket = lab.dial(gateway, signallingPath, rendezvousProtocol);
  await once(socket, 'open');
  const closed = closeOf(socket);
  socket.send(JSON.stringify({ type: 'accept', relayId: randomUUID() }));
  return (await closed)[0];
}

async function offered(token: string): Promise<number | undefined> {
  return (await client.send('/orders/7', { headers: { ServiceBusAuthorization: token } })).status;
}

const attacks: [string, () => Promise<number | undefined>, number][] = [
  [
    'a frame of WebSocket of a terabyte',
    () => raw(Buffer.from([0x82, 0xff, 0, 0, 1, 0, 0, 0, 0, 0, ...noMask])),
    1009,
  ],
  ['frames of WebSocket that are too much together', () => raw(pieces), 1009],
  ['a packed frame of WebSocket', () => raw(Buffer.from([0xc2, 0x81, ...noMask, 0])), 1002],
  ['a message larger than any frame of AMQP', () => sent(Buffer.alloc(65_537)), 1009],
  ['a frame of AMQP of gigabytes', () => sent(amqp(0x7f, 0xff, 0xff, 0xff)), 1002],
  ['garbage in a frame of AMQP', () => sent(amqp(0, 0, 0, 9, 2, 1, 0, 0, 99)), 1002],
  ['a SAS token that is over, shown again', () => offered(client.token('sender', startAt - 1000)), 401],
  [
    'a SAS token for something else, shown again',
    () => offered(client.token('sender', startAt + hour, 'open')),
    403,
  ],
  ['the right to listen, shown to send', () => offered(client.token('listener')), 403],
  ['a rendezvous that nobody announced', unannounced, 1008],
];

it.each(attacks)('over and over %s: memory is as before, and the lab goes on', async (_, attack, code) => {
  expect(await attack()).toBe(code);
  await overAndOver(lab, attack, fewer);
  expect(await attack()).toBe(code);
  // Whoever comes properly is let in: nobody listens, which only somebody with a good token is told.
  expect(await offered(client.token('sender'))).toBe(502);
});
