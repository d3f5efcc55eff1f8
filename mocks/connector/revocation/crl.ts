import type { X509Certificate } from 'node:crypto';
import { x509 } from '../../pki/x509.js';

/** A revocation list that was read and found to be its issuer's. */
export interface RevocationList {
  revoked: ReadonlySet<string>;
  /** Milliseconds since 1970. */
  thisUpdate: number;
  nextUpdate: number;
}

/** Reads a list and checks that its issuer signed it; undefined where it is not one. */
export async function readList(
  body: Uint8Array,
  issuer: X509Certificate,
): Promise<RevocationList | undefined> {
  try {
    const crl = new x509.X509Crl(Uint8Array.from(body).buffer);
    const authority = new x509.X509Certificate(issuer.raw);
    const uses = authority.getExtension(x509.KeyUsagesExtension)?.usages;
    if (uses !== undefined && (uses & x509.KeyUsageFlags.cRLSign) === 0) return undefined;
    const { publicKey } = authority;
    if (!(await crl.verify({ publicKey: await publicKey.export() }))) return undefined;
    return {
      revoked: new Set(
        crl.entries.map(({ serialNumber }) => serialNumber.toLowerCase().replace(/^0+(?=.)/, '')),
      ),
      thisUpdate: crl.thisUpdate.getTime(),
      nextUpdate: crl.nextUpdate?.getTime() ?? Number.POSITIVE_INFINITY,
    };
  } catch {
    return undefined;
  }
}
