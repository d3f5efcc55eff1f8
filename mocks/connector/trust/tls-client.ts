import type { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createSecureContext, type SecureContext, type TLSSocket, connect as tlsConnect } from 'node:tls';
import { isAddress } from '../../../model/site/address-range.js';
import type { Connection } from '../../network.js';

export interface ClientCertificate {
  keyPem: string;
  certificatePem: string;
}

export interface Handshake {
  secure: TLSSocket;
  /** As the server sent them, leaf first. */
  presented: X509Certificate[];
  version: string;
}

/**
 * A TLS handshake that accepts any certificate: what it is worth is judged afterwards, at lab time.
 * Nothing is sent before that. `newest`: the highest version that the server's Windows allows.
 */
export async function handshake(
  connection: Connection,
  host: string,
  newest: '1.2' | '1.1',
  { certificate, protocol }: { certificate?: ClientCertificate; protocol?: 'h2' } = {},
): Promise<Handshake> {
  // Its end is told once: of one that was reset before anybody listened nothing would ever be heard.
  if (connection.socket.destroyed) throw connection.socket.errored ?? closedError();
  const secure = tlsConnect({
    socket: connection.socket,
    // An address is no name to ask for (RFC 6066, 3).
    ...(!isAddress(host) && { servername: host }),
    rejectUnauthorized: false,
    ALPNProtocols: [protocol ?? 'http/1.1'],
    secureContext: contextFor(newest, certificate),
  });
  try {
    await Promise.race([once(secure, 'secureConnect'), closed(secure)]);
  } catch (error) {
    secure.destroy();
    // What befell the connection says more than what TLS made of it.
    throw connection.socket.errored ?? error;
  }
  secure.on('error', () => secure.destroy());
  return { secure, presented: presentedBy(secure), version: secure.getProtocol() ?? '' };
}

/**
 * One context for each certificate and version: reading its key anew was a fifth of what a handshake
 * costs. It holds no roots, so that nothing about trust is remembered with it.
 */
const contexts = { '1.2': new WeakMap<object, SecureContext>(), '1.1': new WeakMap<object, SecureContext>() };
const noCertificate = {};

function contextFor(newest: '1.2' | '1.1', certificate?: ClientCertificate): SecureContext {
  const known = contexts[newest].get(certificate ?? noCertificate);
  if (known) return known;
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;
  const made = createSecureContext({
    ...(certificate && { key: certificate.keyPem, cert: certificate.certificatePem }),
    ...(newest === '1.1' && old),
  });
  contexts[newest].set(certificate ?? noCertificate, made);
  return made;
}

async function closed(secure: TLSSocket): Promise<never> {
  await once(secure, 'close');
  throw closedError();
}

function closedError(): Error {
  return Object.assign(new Error('the connection was closed during the handshake'), { code: 'ECONNRESET' });
}

function presentedBy(secure: TLSSocket): X509Certificate[] {
  const chain: X509Certificate[] = [];
  for (
    let one = secure.getPeerX509Certificate();
    one && !chain.some((known) => known.raw.equals(one?.raw ?? Buffer.alloc(0)));
    one = one.issuerCertificate
  )
    chain.push(one);
  return chain;
}
