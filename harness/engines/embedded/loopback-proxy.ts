import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Asker, NetworkStack } from '../../../mocks/network.js';
import type { Pki } from '../../../mocks/pki/pki.js';
import { proxySchema } from '../../site/schema.js';
import { explicitProxy } from './proxy.js';

/** A way into a lab for programs of this computer that can use an HTTP proxy. */
export interface LoopbackProxy extends AsyncDisposable {
  /** `http://127.0.0.1:41234` */
  readonly url: string;
}

/**
 * Listens on this computer's loopback address and dials through a machine's stack: a browser or an
 * SDK behind it sees the lab's names and certificates, and nothing of the world outside. Who it is in
 * the lab: the machine of the stack, `as` the account. It is no device of the site and leaves no
 * evidence of its own.
 */
export async function loopbackProxy(stack: NetworkStack, as: Asker = {}): Promise<LoopbackProxy> {
  const accept = explicitProxy(
    { emit: () => '', connect: (dial) => stack.connect({ ...dial, ...as }) },
    proxySchema.parse({ address: 'loopback:0' }),
  );
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
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

/** Chromium's switches for a lab: its proxy for everything, and trust in the lab's servers. */
export async function browserSwitches(proxy: LoopbackProxy, pki: Pki): Promise<string[]> {
  // All servers of the lab have one key.
  const { publicKey } = new X509Certificate((await pki.leaf('any.contoso.test')).chainPem);
  const spki = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
  return [
    `--proxy-server=${proxy.url}`,
    '--proxy-bypass-list=<-loopback>',
    `--ignore-certificate-errors-spki-list=${spki}`,
  ];
}
