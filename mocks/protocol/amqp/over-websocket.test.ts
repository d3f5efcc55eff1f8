import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import rhea, { type Connection, type Session } from 'rhea';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { maxFrameSize } from './framing.js';
import { type AmqpConnection, acceptAmqp, connectAmqp } from './over-websocket.js';

/**
 * `over-websocket.ts` bounds rhea by members that are not rhea's interface. Here a peer goes past each
 * bound: whoever upgrades rhea to one that has no such member, or calls another, is told which.
 */

/** What rhea's types say nothing of. */
interface PeerSession extends Session {
  output(frame: object, payload?: Buffer): void;
  remote: { begin: { handle_max: number; incoming_window: number } };
}

type Frames = Record<'disposition' | 'transfer', (fields: object) => object>;

const require = createRequire(import.meta.url);
const frames = require('rhea/lib/frames.js') as Frames;

let server: WebSocketServer;
let url: string;
/** The connection that the lab's side accepted. */
let accepted: Promise<AmqpConnection>;
/** How it ended. */
let ended: Promise<Error | undefined>;

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  const connected = once(server, 'connection') as Promise<[WebSocket]>;
  let onEnd = (_problem?: Error) => {};
  const closed = new Promise<Error | undefined>((resolve) => {
    onEnd = resolve;
  });
  accepted = connected.then(([socket]) =>
    acceptAmqp(socket, { container_id: 'relay' }, { onEmptyFrame() {}, onEnd }),
  );
  ended = accepted.then(() => closed);
  ended.catch(() => {});
  await once(server, 'listening');
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  for (const client of server.clients) client.terminate();
  server.close();
});

/** A peer that is rhea alone, with what it was made for: no limits of ours. */
async function peer(): Promise<Connection> {
  const container = rhea.create_container();
  const dial = container.websocket_connect(class extends WebSocket {} as never) as unknown as (
    url: string,
    protocols: string[],
    options: object,
  ) => object;
  const connection = container.create_connection({
    connection_details: dial(url, ['amqp'], {}),
    sasl_mechanisms: {
      EXTERNAL: () => ({ start: (done: (e: undefined, r: string) => void) => done(undefined, '') }),
    },
    reconnect: false,
  } as never);
  for (const quiet of ['connection_error', 'session_error', 'disconnected', 'error', 'protocol_error'])
    connection.on(quiet, () => {});
  connection.connect();
  await Promise.race([once(connection, 'connection_open'), unexpected()]);
  return connection;
}

async function session(connection: Connection): Promise<PeerSession> {
  const begun = connection.create_session();
  begun.begin();
  await Promise.race([once(connection, 'session_open'), unexpected()]);
  return begun as PeerSession;
}

/** No test waits for what can no longer come. */
async function unexpected(): Promise<never> {
  throw (await ended) ?? new Error('the connection was closed');
}

/** Why the lab's side ended the connection; undefined where it did not, before the peer closes it. */
async function refusal(connection: Connection): Promise<string | undefined> {
  connection.close();
  return ((await ended)?.cause as Error | undefined)?.message;
}

it('whoever accepts lets a peer in that says EXTERNAL (accept, sasl_server_mechanisms)', async () => {
  const connection = await peer();
  expect(connection.is_open()).toBe(true);
  expect(await refusal(connection)).toBeUndefined();
});

it('whoever accepts says its bounds (session_buffer_size, local.begin)', async () => {
  const { remote } = await session(await peer());
  expect(remote.begin).toMatchObject({ handle_max: 262_143, incoming_window: 5000 });
});

it('whoever connects is let in over the WebSocket it brings (connection_details, sasl_mechanisms)', async () => {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  const { amqp } = connectAmqp(socket, { container_id: 'connector' }, { onEmptyFrame() {}, onEnd() {} });
  const elsewhere = once(amqp, 'disconnected').then(() =>
    Promise.reject(new Error('the connection went elsewhere')),
  );
  await Promise.race([once(amqp, 'connection_open'), elsewhere]);
  const link = (await session(amqp)).attach_sender({ name: 'link', target: { address: 'x' } });
  await Promise.race([once(link, 'sender_open'), unexpected()]);
});

describe('whoever accepts ends the connection of a peer', () => {
  it('with more than 16 sessions (create_session)', async () => {
    const connection = await peer();
    for (let count = 0; count < 16; count++) await session(connection);
    connection.create_session().begin();
    expect(await refusal(connection)).toBe('too many sessions');
  });

  it('with more than 16 links in a session (on_attach)', async () => {
    const connection = await peer();
    const begun = await session(connection);
    for (let count = 0; count < 17; count++)
      begun.attach_sender({ name: `link ${count}`, target: { address: 'x' } });
    expect(await refusal(connection)).toBe('too many links');
  });

  it.each([true, false])(
    'that disposes of more than there can be (on_disposition, role %s)',
    async (role) => {
      const connection = await peer();
      const begun = await session(connection);
      begun.output(frames.disposition({ role, first: 0, last: 5001, settled: true }));
      expect(await refusal(connection)).toBe('more dispositions than deliveries');
    },
  );

  it('whose message does not end (on_transfer)', async () => {
    const connection = await peer();
    const begun = await session(connection);
    const link = begun.attach_sender({ name: 'link', target: { address: 'x' } });
    await Promise.race([once(link, 'sender_open'), unexpected()]);
    const part = { handle: 0, delivery_id: 0, delivery_tag: Buffer.from('0'), more: true };
    const payload = Buffer.alloc(maxFrameSize / 2);
    for (let count = 0; count < 9; count++) begun.output(frames.transfer(part), payload);
    expect(await refusal(connection)).toBe('a message without an end');
  });

  it('over whom rhea fails in a later tick (_process)', async () => {
    const connection = await peer();
    const { amqp } = await accepted;
    let failed = false;
    const _process = () => {
      if (failed) return;
      failed = true;
      throw new Error('cannot be encoded');
    };
    Object.assign(amqp.create_session(), { _process }).begin();
    expect(await refusal(connection)).toBe('cannot be encoded');
  });
});
