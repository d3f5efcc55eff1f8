import { createSecureContext, type SecureContext } from 'node:tls';
import type { TrustedRoot } from '../pki/pki.js';
import { toPem } from '../pki/x509.js';

const contexts = new WeakMap<readonly TrustedRoot[], SecureContext>();

/** For TLS that trusts these roots and no others. One for each list: reading roots anew takes half a handshake. */
export function trusting(roots: readonly TrustedRoot[]): SecureContext {
  const known = contexts.get(roots);
  if (known) return known;
  const made = createSecureContext({ ca: roots.map(({ der }) => toPem(der)) });
  contexts.set(roots, made);
  return made;
}
