import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import fc from 'fast-check';
import type { AmqpError, Connection, EventContext } from 'rhea';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { SiteInput } from '../../../model/site/schema.js';
import { emptyFrame } from '../../protocol/amqp/framing.js';
import { makeSas } from '../../protocol/sas.js';
import { controlProtocol, signallingPath } from '../../protocol/signalling.js';
import { cloudZone } from '../hosts.js';
import { listenKey, servicePathOf } from './control.js';
import { closeOf, type OpenRelay, openRelay, rheaListener, startAt } from './testing.js';

const hour = 3_600_000;
const connectorId = randomUUID();
const otherId = randomUUID();

let lab: OpenRelay;
let host: string;

beforeEach(() => open({}));
afterEach(() => lab[Symbol.asyncDispose]());

async function open(cloud: SiteInput['cloud']): Promise<void> {
  lab = await openRelay({ cloud });
  host = lab.context.names().namespaces[0]?.host ?? '';
  for (const id of [connectorId, otherId])
    lab.context.state.connectors.set(id, { id, machineName: id, version: '1.5', externalIp: '198.18.1.1' });
}

function pathOf(id: string): string {
  return servicePathOf(lab.context.site().tenant.id, id);
}

interface Offer {
  id?: string;
  key?: string;
  keyName?: string;
  expires?: number;
  signedFor?: string;
  token?: string;
}

function rheaClient({ id = connectorId, ...offer }: Offer = {}): Connection {
  const key = offer.key ?? listenKey(lab.context, pathOf(id));
  const uri = `http://${host}/${pathOf(offer.signedFor ?? id)}/`;
  const token =
    offer.token ?? makeSas(uri, key, offer.keyName ?? 'Connector', offer.expires ?? startAt + hour);
  const options = { headers: { host } };
  return rheaListener(`ws://127.0.0.1:${lab.port}`, options, { host, path: pathOf(id), token });
}

async function listening(offer?: Offer): Promise<Connection> {
  const connection = rheaClient(offer);
  await once(connection, 'sendable');
  return connection;
}

async function refusal(offer: Offer): Promise<string> {
  const [{ sender }] = (await once(rheaClient(offer), 'sender_error')) as [EventContext];
  const error = sender?.error as AmqpError | undefined;
  return `${error?.condition} ${error?.description?.replace(/TrackingId:[0-9a-f-]{36}/, 'TrackingId:…')}`;
}

describe('the control connection, opened by rhea', () => {
  it('announces each request at another live gateway of the namespace, which its alias tells', async () => {
    const connection = await listening();
    const announced = new Set<string>();
    for (let turn = 0; turn < 12; turn++) {
      const message = once(connection, 'message') as Promise<[EventContext]>;
      const relayId = randomUUID();
      lab.context.state.listeners.signal(connectorId, relayId);
      const [{ message: signal }] = await message;
      expect(signal?.body.RelayId).toBe(relayId);
      announced.add(signal?.body.RelayAddress);
    }
    // Microsoft's own tool derives the names so (connector-facts 2.5).
    const zone = cloudZone(lab.context.site());
    const [alias = ''] = zone.find(({ name }) => name === host)?.chain ?? [];
    const deployment = alias.split('.')[0]?.replace(/^ns-sb2-|^ns-/i, '');
    expect(announced.size).toBe(6);
    for (const gateway of announced) {
      const [, number, at] = /^gv?(\d+)-(.+)-sb\.servicebus\.windows\.net$/.exec(gateway) ?? [];
      expect(at).toBe(deployment);
      expect(Number(number)).toBeLessThan(128);
      expect(zone.some(({ name }) => name === gateway)).toBe(true);
    }
  });

  it.each<[string, Offer, string]>([
    ['expired', { expires: startAt - 1000 }, 'unauthorized-access 401: token expired'],
    ['forged', { key: 'AAAA' }, 'unauthorized-access 401: token wrong-signature'],
    ['of an unknown key', { keyName: 'Owner' }, 'unauthorized-access 401: token wrong-signature'],
    ['for another connector', { signedFor: otherId }, 'unauthorized-access 401: token wrong-resource'],
    ['no token at all', { token: 'Bearer x' }, 'unauthorized-access 401: token malformed'],
    [
      'with broken percent signs',
      { token: 'SharedAccessSignature sr=%&sig=%&se=1&skn=%' },
      'unauthorized-access 401: token malformed',
    ],
    ['for nobody', { id: randomUUID() }, 'not-found 404: no such address'],
  ])('a token %s is refused, and others go on listening', async (_, offer, why) => {
    await listening({ id: otherId });
    expect(await refusal(offer)).toBe(`amqp:${why}. TrackingId:…`);
    expect([...lab.context.state.listeners.keys()]).toEqual([otherId]);
  });

  it('judges tokens by the lab clock', async () => {
    const token = { expires: startAt + 60_000 };
    await listening(token);
    await lab.clock.advance(61_000);
    expect(await refusal(token)).toContain('token expired');
  });

  it('is closed where nothing is opened within half a minute', async () => {
    const socket = lab.dial(host, signallingPath, controlProtocol);
    await once(socket, 'open');
    const closed = closeOf(socket);
    await lab.clock.advance(30_000);
    expect(await closed).toEqual([1008, 'nothing was opened']);
  });

  it('is recycled after a day, with the documented condition and code', async () => {
    await lab[Symbol.asyncDispose]();
    await open({ timers: { 'signalling-idle': '7d' }, faults: [{ fault: 'relay-recycled', host }] });
    const connection = await listening();
    const closed = once(connection, 'connection_close') as Promise<[EventContext]>;
    await lab.clock.advance(24 * hour);
    const [{ connection: ended }] = await closed;
    expect(ended.error).toMatchObject({ condition: 'amqp:connection:forced' });
    expect(lab.events.filter(({ kind }) => kind === 'fault')).toHaveLength(1);
  });

  it('is closed where nothing came for two hours', async () => {
    const connection = await listening();
    const gone = once(connection, 'disconnected');
    await lab.clock.advance(2 * hour);
    await gone;
    expect([...lab.context.state.listeners.keys()]).toEqual([]);
  });
});

describe('what is no AMQP', () => {
  const sasl = Buffer.from('AMQP\x03\x01\x00\x00', 'latin1');

  async function answerTo(data: Buffer | string): Promise<number> {
    const socket = lab.dial(host, signallingPath, controlProtocol);
    await once(socket, 'open');
    const closed = closeOf(socket);
    socket.send(data);
    const [code] = await closed;
    return code;
  }

  it.each<[string, Buffer | string, number]>([
    ['text', '{"type":"listen"}', 1003],
    ['a frame of gigabytes', Buffer.concat([sasl, Buffer.from([0x7f, 0xff, 0xff, 0xff])]), 1002],
    ['a frame smaller than its header', Buffer.concat([sasl, Buffer.from([0, 0, 0, 4])]), 1002],
    ['garbage in a frame', Buffer.concat([sasl, Buffer.from([0, 0, 0, 9, 2, 1, 0, 0, 99])]), 1002],
    ['AMQP without SASL', Buffer.from('AMQP\x00\x01\x00\x00', 'latin1'), 1002],
    ['a message larger than any frame', Buffer.alloc(65_537), 1009],
  ])('%s closes the connection', async (_, data, code) => {
    expect(await answerTo(data)).toBe(code);
    await listening();
  });

  const noMask = [0, 0, 0, 0];
  const piece = Buffer.concat([Buffer.from([0xfe, 0x9c, 0x40, ...noMask]), Buffer.alloc(40_000)]);
  it.each<[string, Buffer, number]>([
    ['of an exabyte', Buffer.from([0x82, 0xff, 0x10, 0, 0, 0, 0, 0, 0, 0, ...noMask]), 1009],
    ['of a terabyte', Buffer.from([0x82, 0xff, 0, 0, 1, 0, 0, 0, 0, 0, ...noMask]), 1009],
    [
      'in pieces that are too much together',
      Buffer.concat([Buffer.from([2]), piece, Buffer.from([0]), piece]),
      1009,
    ],
    ['that is packed, as nobody agreed on', Buffer.from([0xc2, 0x81, ...noMask, 0]), 1002],
  ])('a frame of WebSocket %s closes the connection before it is there', async (_, bytes, code) => {
    const socket = lab.dial(host, signallingPath, controlProtocol);
    await once(socket, 'open');
    const closed = closeOf(socket);
    (socket as unknown as { _socket: Socket })._socket.write(bytes);
    expect((await closed)[0]).toBe(code);
    await listening();
  });

  it('mangled connections end alone, however they are mangled', async () => {
    const sent = await recorded();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(sent.length - 1), fc.integer({ min: 0, max: 255 })), {
          maxLength: 6,
          minLength: 1,
        }),
        async (changes) => {
          const bytes = Buffer.from(sent);
          for (const [at, value] of changes) bytes[at] = value;
          const socket = lab.dial(host, signallingPath, controlProtocol);
          await once(socket, 'open');
          socket.send(bytes);
          socket.send(emptyFrame);
          // An answer of any kind, or the end.
          await Promise.race([once(socket, 'message'), closeOf(socket)]);
          socket.terminate();
        },
      ),
      { numRuns: 150 },
    );
    await listening();
  });

  it('a disposition of four billion deliveries costs nothing', async () => {
    const connection = await listening();
    const gone = once(connection, 'disconnected');
    const { session } = connection.open_sender({ target: { address: 'x' } }) as unknown as {
      session: { output(frame: unknown): void };
    };
    const frames = await import('rhea/lib/frames.js' as string);
    session.output(frames.default.disposition({ role: true, first: 0, last: 4_294_967_295, settled: true }));
    await gone;
    await listening({ id: otherId });
  });

  /** All that a good connection sends. */
  async function recorded(): Promise<Buffer> {
    const chunks: Buffer[] = [];
    const { send } = WebSocket.prototype;
    WebSocket.prototype.send = function record(this: WebSocket, data: Buffer, ...rest: never[]) {
      if (this.url) chunks.push(Buffer.from(data));
      return (send as (...all: unknown[]) => void).call(this, data, ...rest);
    } as typeof send;
    try {
      await listening();
    } finally {
      WebSocket.prototype.send = send;
    }
    return Buffer.concat(chunks);
  }
});
