import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, it } from 'vitest';
import type { Transport } from '../transport.js';
import { openWebSocket } from './signalling.js';

it('a connection that ends before the upgrade is answered is named, so that who did it is found', async () => {
  const server = createServer((socket) => socket.once('data', () => socket.destroy())).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const transport = { open: async () => ({ connection: { id: 'c1', socket }, socket }) };
  const opening = openWebSocket(
    transport as unknown as Transport,
    {
      ...{ url: new URL('https://relay.test/'), operation: 'listen', purpose: 'listen for requests' },
      ...{ account: 'network-service', stack: 'service' },
    },
    'any',
  );
  await expect(opening).rejects.toMatchObject({ result: 'tcp-reset', facts: { connection: 'c1' } });
  server.close();
});
