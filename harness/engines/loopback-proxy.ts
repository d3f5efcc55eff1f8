import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { explicitProxy } from '../../mocks/devices/explicit-proxy.js';
import type { Dialer } from '../../mocks/network.js';
import { proxySchema } from '../../model/site/schema.js';

/** A way into a lab for programs of this computer that can use an HTTP proxy. */
export interface LoopbackProxy extends AsyncDisposable {
  /** `http://127.0.0.1:41234` */
  readonly url: string;
}

/**
 * Listens on this computer's loopback address and dials through a dialer: a browser or an SDK
 * behind it sees the lab's names and certificates, and nothing of the world outside. It is no device
 * of the site and leaves no evidence of its own.
 */
export async function loopbackProxy(dialer: Dialer): Promise<LoopbackProxy> {
  const accept = explicitProxy(
    {
      machine: 'proxy',
      emit: () => '',
      serverAt: () => undefined,
      connect: async ({ host, port }) => ({ socket: await dialer(host, port) }),
    },
    proxySchema.parse({ address: 'loopback:0' }),
  );
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    accept({ connection: '', socket, from: '127.0.0.1' });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
