import type { TrustedRoot } from '../../mocks/pki/pki.js';

/** A certificate that is trusted, DER in base64. */
export interface WireRoot {
  name: string;
  der: string;
}

export function wireRoot({ name, der }: TrustedRoot): WireRoot {
  return { name, der: Buffer.from(der).toString('base64') };
}
