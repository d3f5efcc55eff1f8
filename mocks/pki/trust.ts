import { createHash, X509Certificate } from 'node:crypto';
import type { Pki } from './pki.js';
import { toPem } from './x509.js';

/** What programs of this computer need to trust a lab's servers. */
export interface Trust {
  /** Certificates of the lab's roots (PEM). */
  roots: string;
  /** SHA-256 of the public key that all servers of the lab have, in base64. */
  serverKey: string;
}

export async function trustOf(pki: Pki): Promise<Trust> {
  const { publicKey } = new X509Certificate((await pki.leaf('any.contoso.test')).chainPem);
  return {
    roots: pki.roots.map(({ der }) => toPem(der)).join(''),
    serverKey: createHash('sha256')
      .update(publicKey.export({ type: 'spki', format: 'der' }))
      .digest('base64'),
  };
}
