// @peculiar/x509 needs this polyfill before its own first line.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto as Crypto);

export { x509 };

/** P-256: keys in a millisecond, and what current public authorities sign with too. */
export const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

export function newKeys(): Promise<CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<CryptoKeyPair>;
}

export async function keyToPem(key: CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

export function toPem(der: ArrayBuffer | Uint8Array): string {
  return `${x509.PemConverter.encode(Uint8Array.from(new Uint8Array(der)).buffer, 'CERTIFICATE')}\n`;
}

/** Times in certificates and lists have whole seconds (RFC 5280, 4.1.2.5). */
export function wholeSeconds(ms: number): Date {
  return new Date(Math.floor(ms / 1000) * 1000);
}

export const day = 86_400_000;
