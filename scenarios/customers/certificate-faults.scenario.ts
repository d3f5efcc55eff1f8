import { cloudFault, documentedSite, results, scenarios } from '../../harness/index.js';

/** Trouble at the other end must not be blamed on the customer's network. */
export default scenarios(
  [
    { fault: 'certificate-expired', result: 'tlsExpired' },
    { fault: 'certificate-not-yet-valid', result: 'tlsNotYetValid' },
    { fault: 'certificate-revoked', result: 'tlsRevoked' },
  ] as const,
  ({ fault, result }) => ({
    row: fault,
    title: `A service certificate is ${fault.slice('certificate-'.length)}: the connector refuses it, and no device is blamed`,
    proves: 'tls/no-inspection',
    site: documentedSite(),
    change: cloudFault(fault, '*.bootstrap.msappproxy.net'),
    expect: [results.bootstrap[result]({ host: '*.bootstrap.msappproxy.net', device: 'cloud', rule: fault })],
  }),
);
