import { cloudFault, documentedSite, results, scenarios } from '../../harness/index.js';

/** Trouble at the other end must not be blamed on the customer's network. */
export default scenarios(
  [
    { fault: 'certificate-expired', what: 'has expired', result: 'tlsExpired' },
    { fault: 'certificate-not-yet-valid', what: 'is not valid yet', result: 'tlsNotYetValid' },
    // Windows has a name of its own for this; to the connector it is one more that it cannot trust.
    { fault: 'certificate-wrong-name', what: 'is for another name', result: 'tlsUntrustedIssuer' },
    { fault: 'certificate-revoked', what: 'was revoked', result: 'tlsRevoked' },
  ] as const,
  ({ fault, what, result }) => ({
    row: fault,
    title: `A service certificate ${what}: the connector refuses it, and no device is blamed`,
    proves: 'tls/no-inspection',
    site: documentedSite(),
    change: cloudFault(fault, '*.bootstrap.msappproxy.net'),
    expect: [results.bootstrap[result]({ host: '*.bootstrap.msappproxy.net', device: 'cloud', rule: fault })],
  }),
);
