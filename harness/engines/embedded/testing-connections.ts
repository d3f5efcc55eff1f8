import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { NetworkError } from '../../../mocks/network.js';

/** How a connection was refused, as who opened it is told. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  return error instanceof NetworkError ? error.result : `no refusal: ${String(error)}`;
}

/** Who signed the certificate that a host shows. */
export async function issuerSeen(socket: Socket, host: string): Promise<string | undefined> {
  const secure = tlsConnect({ socket, servername: host, rejectUnauthorized: false });
  await once(secure, 'secureConnect');
  const issuer = secure.getPeerX509Certificate()?.issuer;
  secure.destroy();
  return issuer;
}
