import { createHash, generateKeyPair, type KeyObject, type webcrypto } from 'node:crypto';
import { promisify } from 'node:util';

/** The key that the sign-in service signs tokens with. */
export interface TokenKey {
  /** As tokens name it (`kid`). */
  id: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

let key: Promise<TokenKey> | undefined;

/**
 * RSA with 2048 bits, as the real service has. One for all labs of a process: a new one takes a fifth of a
 * second, more than everything else that a lab needs to come up; another thread makes it, so whoever will
 * need it asks early.
 */
export function tokenKey(): Promise<TokenKey> {
  key ??= newTokenKey();
  return key;
}

async function newTokenKey(): Promise<TokenKey> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return { id: createHash('sha256').update(der).digest('base64url').slice(0, 27), privateKey, publicKey };
}

/** The key as verifiers fetch it (RFC 7517). */
export function publicJwk({
  id,
  publicKey,
}: TokenKey): webcrypto.JsonWebKey & { kid: string; use: string; alg: string } {
  return { ...publicKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: id };
}
