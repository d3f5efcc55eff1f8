import { once } from 'node:events';
import {
  type ClientHttp2Stream,
  constants,
  createServer as createHttp2Server,
  connect as http2Connect,
  type ServerHttp2Stream,
} from 'node:http2';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { join } from './byte-stream.js';

/** HTTP/2 on one side, TCP on the other, as a tunnel has them; `join` is in the middle. */
let user: ClientHttp2Stream;
let resource: Socket;
let close: () => void;

beforeEach(async () => {
  const far = createServer({ allowHalfOpen: true });
  const near = createHttp2Server();
  const at = (server: { address(): unknown }) => (server.address() as AddressInfo).port;
  await Promise.all([
    once(far.listen(0, '127.0.0.1'), 'listening'),
    once(near.listen(0, '127.0.0.1'), 'listening'),
  ]);
  near.once('stream', (stream: ServerHttp2Stream) => {
    stream.respond();
    const socket = connect({ port: at(far), host: '127.0.0.1', allowHalfOpen: true });
    join(stream, socket);
  });
  const session = http2Connect(`http://127.0.0.1:${at(near)}`);
  user = session.request({ ':method': 'POST' }, { endStream: false });
  [resource] = (await once(far, 'connection')) as [Socket];
  close = () => {
    session.destroy();
    resource.destroy();
    near.close();
    far.close();
  };
});
afterEach(() => close());

it('ends one direction and leaves the other open', async () => {
  user.end('question');
  expect(await read(resource)).toBe('question');
  resource.end('answer');
  expect(await read(user)).toBe('answer');
  expect(user.rstCode).toBe(constants.NGHTTP2_NO_ERROR);
});

it("resets the resource's connection when the user resets", async () => {
  user.write('question');
  await once(resource, 'data');
  const failed = once(resource, 'error');
  user.once('error', () => {}).destroy(new Error('the user has had enough'));
  expect((await failed)[0]).toMatchObject({ code: 'ECONNRESET' });
});

it("resets the user's stream when the resource resets", async () => {
  user.write('question');
  await once(resource, 'data');
  const failed = once(user, 'error');
  resource.resetAndDestroy();
  expect((await failed)[0]).toMatchObject({ code: 'ERR_HTTP2_STREAM_ERROR' });
});

/** To its end; an iterator would destroy the stream there. */
async function read(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(stream, 'end');
  return Buffer.concat(chunks).toString();
}
