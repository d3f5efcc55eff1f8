import { EventEmitter, once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { LabClock } from '../../mocks/devices/lab-clock.js';
import type { Notice } from './channel.js';
import { SourcePorts } from './source-ports.js';
import { Wire } from './wire.js';

const address = '127.0.0.1';

function openWire(tell: (notice: Notice) => void = () => {}): Wire {
  return new Wire({ address, resolver: address, ports: new SourcePorts(), tell });
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

describe('a connection that is refused', () => {
  /** Begins one to where nobody listens; resolves when its failure was told. */
  async function refused() {
    const told = new EventEmitter();
    const wire = openWire((notice) => told.emit(notice.kind, notice));
    const server = createServer().listen(0, address);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const failed = once(told, 'failed');
    const ended = wire
      .stack('server', () => new LabClock(0))
      .connect({ host: address, port })
      .catch((error: unknown) => error);
    const [{ connection }] = (await failed) as [{ connection: string }];
    return { wire, connection, ended };
  }

  it('ends as the device did that refused it, whose evidence came first', async () => {
    const { wire, connection, ended } = await refused();
    wire.end(connection, 'tcp-reset', 'by the firewall');
    wire.conclude(connection);
    expect(await ended).toMatchObject({ result: 'tcp-reset', message: 'by the firewall' });
  });

  it('ends as the kernel says, where no device did it', async () => {
    const { wire, connection, ended } = await refused();
    wire.conclude(connection);
    expect(await ended).toMatchObject({
      result: 'tcp-reject',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('ends with the lab, where nobody says what it was', async () => {
    const { wire, ended } = await refused();
    await wire.cut();
    expect(await ended).toMatchObject({ result: 'tcp-reject' });
  });
});
