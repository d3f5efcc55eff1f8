import type { X509Certificate } from 'node:crypto';
import { x509 } from '../../pki/x509.js';

export interface RevocationSource {
  kind: 'crl' | 'ocsp';
  url: URL;
}

/** Where a certificate says its revocation can be looked up: its responder first, then its list. */
export function revocationSource(certificate: X509Certificate): RevocationSource | undefined {
  const parsed = new x509.X509Certificate(certificate.raw);
  const responder = parsed.getExtension(x509.AuthorityInfoAccessExtension)?.ocsp[0]?.value;
  if (responder) return { kind: 'ocsp', url: new URL(responder) };
  const names = parsed.getExtension(x509.CRLDistributionPointsExtension)?.distributionPoints[0]?.distributionPoint?.fullName;
  const list = names?.[0]?.uniformResourceIdentifier;
  return list ? { kind: 'crl', url: new URL(list) } : undefined;
}

/** Serial number in lower-case hex without leading zeros, as lists and responders compare it. */
export function serialOf(certificate: X509Certificate): string {
  return certificate.serialNumber.toLowerCase().replace(/^0+(?=.)/, '');
}
