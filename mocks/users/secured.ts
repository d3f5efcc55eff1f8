import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { type SecureContext, type TLSSocket, connect as tlsConnect } from 'node:tls';

/**
 * TLS over a connection, to the host of that name. A user's computer has the right time; certificates
 * of the lab are made around it.
 */
export async function secured(
  socket: Duplex,
  servername: string,
  secureContext: SecureContext,
  ...ALPNProtocols: string[]
): Promise<TLSSocket> {
  const secure = tlsConnect({
    socket,
    servername,
    secureContext,
    ...(ALPNProtocols.length > 0 && { ALPNProtocols }),
  });
  await once(secure, 'secureConnect');
  return secure;
}
