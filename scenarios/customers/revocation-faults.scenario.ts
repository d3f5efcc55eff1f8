import { cloudFault, documentedSite, results, scenarios } from '../../harness/index.js';

/**
 * Port 80 is open and the authority's own service is in trouble, or somebody else answers in its name.
 * A connector that insists on an answer refuses the certificate; the customer's devices have nothing to do with it.
 */
export default scenarios(
  [
    { fault: 'revocation-list-stale', host: 'crl4.digicert.com', at: 'bootstrap', of: 'bootstrap' },
    { fault: 'revocation-list-forged', host: 'crl4.digicert.com', at: 'bootstrap', of: 'bootstrap' },
    { fault: 'ocsp-stale', host: 'oneocsp.microsoft.com', at: 'listen', of: 'servicebus' },
    { fault: 'ocsp-forged', host: 'oneocsp.microsoft.com', at: 'listen', of: 'servicebus' },
    { fault: 'ocsp-unknown', host: 'oneocsp.microsoft.com', at: 'listen', of: 'servicebus' },
    { fault: 'ocsp-slow', host: 'oneocsp.microsoft.com', at: 'listen', of: 'servicebus' },
  ] as const,
  ({ fault, host, at, of }) => ({
    row: fault,
    title: `${host} has a bad day (${fault}): a connector that insists on revocation refuses the certificate`,
    proves: 'hosts/revocation',
    site: documentedSite({ servers: [{ name: 'app-proxy-01', revocation: 'hard-fail' }] }),
    change: cloudFault(fault, host),
    expect: [
      results[at].tlsRevocationOffline({
        host: of === 'bootstrap' ? '*.bootstrap.msappproxy.net' : '*.servicebus.windows.net',
        device: 'cloud',
        rule: fault,
      }),
      results.revocationCheck.tlsRevocationOffline({ host, port: 80, device: 'cloud', rule: fault }),
    ],
  }),
);
