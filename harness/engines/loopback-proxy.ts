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

/** Where a proxy listens. */
export interface ListenAddress {
  host: string;
  /** 0: one that is free. */
  port: number;
}

/** Whether what listens at an address is heard on this computer alone. */
export function isOnlyHere(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/** Nothing can listen there; the message says why. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  constructor({ host, port }: ListenAddress, cause: NodeJS.ErrnoException) {
    const why = wordsFor[cause.code ?? ''] ?? cause.message;
    super(`cannot listen at ${host}:${port}: ${why}; choose another --listen`, { cause });
  }
}

const wordsFor: Record<string, string> = {
  EADDRINUSE: 'another program does',
  EADDRNOTAVAIL: 'this computer has no such address',
  EACCES: 'that port is for the administrator',
};

const loopback: ListenAddress = { host: '127.0.0.1', port: 0 };

/**
 * Listens on this computer's loopback address, if no other is said, and dials through a dialer: a browser or an SDK
 * behind it sees the lab's names and certificates, and nothing of the world outside. It is no device
 * of the site and leaves no evidence of its own.
 * @throws ListenError
 */
export async function loopbackProxy(dialer: Dialer, at = loopback): Promise<LoopbackProxy> {
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
  server.listen(at.port, at.host);
  await once(server, 'listening').catch((error) => {
    throw new ListenError(at, error);
  });
  const host = isEvery(at.host) ? loopback.host : at.host;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

/** All addresses of a computer: programs on it take the one that is always there. */
function isEvery(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}
