import type { TrustedRoot } from '../../mocks/pki/pki.js';
import { toPem } from '../../mocks/pki/x509.js';

/** A certificate that is trusted, DER in base64. */
export interface WireRoot {
  name: string;
  der: string;
}

export function wireRoot({ name, der }: TrustedRoot): WireRoot {
  return { name, der: Buffer.from(der).toString('base64') };
}

export function pemOf({ der }: WireRoot): string {
  return toPem(Buffer.from(der, 'base64'));
}
