import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { listServer } from './list-server.js';

it('says so where the list cannot be made, and goes on', async () => {
  let asked = 0;
  const list = async () => {
    if (++asked === 1) throw new Error('no key');
    return Uint8Array.of(1, 2);
  };
  const server = listServer({ list }, () => 0).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/inspection.crl`;
  const failed = await fetch(url);
  expect([failed.status, await failed.text()]).toEqual([500, 'Error: no key']);
  expect(new Uint8Array(await (await fetch(url)).arrayBuffer())).toEqual(Uint8Array.of(1, 2));
  server.close();
});
