import { denyHost, documentedSite, results, scenarios } from '../../harness/index.js';

const host = '*.bootstrap.msappproxy.net';
const by = (action: 'deny' | 'reject') =>
  ({ device: 'edge-firewall', rule: `${action} cacerts.digicert.com` }) as const;

/**
 * A server of the cloud sends its certificate alone. It says where its authority's own is to be had, at a
 * host that no list of the connector's has; Windows fetches it from there, in the clear.
 */
export default scenarios(
  [
    { action: 'deny', result: 'tcpDrop', what: 'silent' },
    { action: 'reject', result: 'tcpReject', what: 'refused' },
  ] as const,
  ({ action, result, what }) => ({
    row: action,
    title: `The host from which an intermediate certificate has to be fetched is ${what}: the chain cannot be built`,
    proves: 'hidden/aia-hosts',
    site: documentedSite({
      cloud: { faults: [{ fault: 'certificate-without-issuer', host }] },
      firewall: { rules: [{ allow: 'cacerts.digicert.com', port: 80 }, { allow: 'documented' }] },
    }),
    change: denyHost('cacerts.digicert.com', { action }),
    expect: [
      results.bootstrap.tlsUntrustedIssuer({ host, port: 443, ...by(action) }),
      results.bootstrap[result]({ host: 'cacerts.digicert.com', port: 80, ...by(action) }),
    ],
  }),
);
