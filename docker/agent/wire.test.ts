import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { SourcePorts } from './source-ports.js';
import { Wire } from './wire.js';

const address = '127.0.0.1';

function openWire(): Wire {
  return new Wire({ address, resolver: address, ports: new SourcePorts(), tell: () => {} });
}

async function openSocket(): Promise<Socket> {
  const server = createServer((peer) => peer.on('error', () => {})).listen(0, address);
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, address);
  await once(socket, 'connect');
  server.close();
  return socket;
}

it('leaves nothing open once everything was cut, not even what others destroyed a moment ago', async () => {
  const wire = openWire();
  const [used, destroyed] = [await openSocket(), await openSocket()];
  wire.track('used', used);
  wire.track('destroyed', destroyed);
  expect(wire.leftovers).toEqual(['used', 'destroyed']);
  destroyed.destroy();
  await wire.cut();
  expect(wire.leftovers).toEqual([]);
});

it('waits for no connection that had gone before it was told of it', async () => {
  const wire = openWire();
  const gone = await openSocket();
  gone.destroy();
  await once(gone, 'close');
  wire.track('gone', gone);
  await wire.cut();
  expect(wire.leftovers).toEqual([]);
});
