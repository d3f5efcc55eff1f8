import { x509 } from '../../pki/x509.js';

const { KeyUsageFlags } = x509;

/** Extensions that this validation takes into account, by name for readers (RFC 5280, 4.2). */
const understood: ReadonlySet<string> = new Set([
  '2.5.29.14', // subject key identifier
  '2.5.29.15', // key usage
  '2.5.29.17', // subject alternative name
  '2.5.29.19', // basic constraints
  '2.5.29.31', // revocation list distribution points
  '2.5.29.32', // certificate policies: none is asked for, so each will do
  '2.5.29.35', // authority key identifier
  '2.5.29.37', // extended key usage
  '1.3.6.1.5.5.7.1.1', // authority information access
]);
const nameConstraints = '2.5.29.30';

/** Any of these lets a key take part in a TLS handshake as the server's. */
const handshakeUses =
  KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment | KeyUsageFlags.keyAgreement;

/**
 * What forbids a certificate to stand in a server's chain, as far as it says so itself: its purposes,
 * and extensions that must be understood and are not. Name constraints are among those: no authority
 * of the lab has any, so a certificate that does is refused unread.
 */
export function objectionTo(certificate: x509.X509Certificate, isLeaf: boolean): string | undefined {
  const strange = certificate.extensions.find(
    ({ type, critical }) => type === nameConstraints || (critical && !understood.has(type)),
  );
  if (strange) return `names an extension that is not understood (${strange.type})`;
  const purposes = certificate.getExtension(x509.ExtendedKeyUsageExtension)?.usages;
  if (purposes && !purposes.includes(x509.ExtendedKeyUsage.serverAuth)) return 'is not meant for servers';
  const uses = certificate.getExtension(x509.KeyUsagesExtension)?.usages;
  if (isLeaf && uses !== undefined && (uses & handshakeUses) === 0)
    return 'has a key that is not meant for TLS';
  return undefined;
}
