import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { httpOver } from './http-over.js';
import { networkDoing } from './network-doing.js';

const server = createServer(({ url, socket }, response) => {
  if (url === '/cut') socket.end();
  else if (url === '/noise') socket.end('this is no HTTP\r\n\r\n');
  else response.end('whole');
});
beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
afterAll(() => void server.close());

async function open(): Promise<Socket> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}
const origin = new URL('http://host.test/');
const get = (socket: Socket, path: string) =>
  httpOver(socket, origin).request({ method: 'GET', path, reset: true });
const doing = async (asked: Promise<unknown>) => networkDoing(await asked.catch((error: unknown) => error));

it('an answer comes over the connection that was given', async () => {
  expect(await (await get(await open(), '/')).body.text()).toBe('whole');
});

it('what the peer does is evidence', async () => {
  expect((await doing(get(await open(), '/cut'))).result).toBe('tcp-reset');
  expect((await doing(get(await open(), '/noise'))).result).toBe('http-block-page');
  const gone = await open();
  gone.destroy();
  expect((await doing(get(gone, '/'))).result).toBe('tcp-reset');
});

it('what was asked wrongly is no evidence: it is thrown', async () => {
  await expect(doing(get(await open(), 'no path'))).rejects.toThrow('path must be an absolute URL');
});
