/**
 * Authorities from which chains of the service's hosts end (azure/security/fundamentals, certificate
 * authorities; DigiCert's and Microsoft's names). Compared whole: a forged authority that calls itself
 * "Contoso Microsoft Inspection" has a part of such a name, and is none of them.
 */
const roots = [
  'DigiCert Global Root CA',
  'DigiCert Global Root G2',
  'DigiCert Global Root G3',
  'DigiCert TLS ECC P384 Root G5',
  'DigiCert TLS RSA4096 Root G5',
  'DigiCert High Assurance EV Root CA',
  'Baltimore CyberTrust Root',
  'D-TRUST Root Class 3 CA 2 2009',
  'Microsoft RSA Root Certificate Authority 2017',
  'Microsoft ECC Root Certificate Authority 2017',
  'Microsoft TLS RSA Root G2',
  'Microsoft TLS ECC Root G2',
  // Of the lab's own public authorities.
  'Lab Global Root G2',
];
const known = new Set(roots);

/** Whether a chain ends at an authority of the service. A chain that shows nothing is of nobody. */
export function endsAtKnown(chain: readonly { issuer: string }[]): boolean {
  const top = chain.at(-1);
  return top !== undefined && known.has(commonName(top.issuer));
}

export function commonName(name: string): string {
  return /CN=([^,/+\n]+)/.exec(name)?.[1]?.trim() ?? name;
}
