import { denyHost, documentedSite, results, scenarios } from '../../harness/index.js';

const host = '*.bootstrap.msappproxy.net';
const [list, issuer] = ['crl2.microsoft.com', 'caissuers.microsoft.com'] as const;
const by = (name: string) => ({ device: 'edge-firewall', rule: `deny ${name}` }) as const;

/** Certificates of 2026 name hosts that stand on no list: what was opened by the page alone closes them. */
export default scenarios(
  [
    {
      row: 'list, hard-fail',
      closed: list,
      revocation: 'hard-fail',
      proves: 'hidden/revocation-hosts',
      what: 'its revocation list: nothing works where servers insist on one',
      seen: [
        results.bootstrap.tlsRevocationOffline({ host, port: 443, ...by(list) }),
        results.revocationCheck.tcpDrop({ host: list, port: 80, ...by(list) }),
      ],
    },
    {
      row: 'list, soft-fail',
      closed: list,
      revocation: 'soft-fail',
      proves: 'hidden/revocation-hosts',
      what: 'its revocation list: servers wait for it, and go on without',
      seen: [
        results.bootstrap.ok(),
        results.listen.ok(),
        results.revocationCheck.tcpDrop({ host: list, port: 80, ...by(list) }),
      ],
    },
    {
      row: 'issuer',
      closed: issuer,
      revocation: 'soft-fail',
      proves: 'hidden/aia-hosts',
      what: "its authority's own certificate: the chain cannot be built",
      seen: [
        results.bootstrap.tlsUntrustedIssuer({ host, port: 443, ...by(issuer) }),
        results.bootstrap.tcpDrop({ host: issuer, port: 80, ...by(issuer) }),
      ],
    },
  ] as const,
  ({ row, closed, revocation, proves, what, seen }) => ({
    row,
    title: `A certificate of 2026 names a host that no list has for ${what}`,
    proves,
    site: documentedSite({
      servers: [{ name: 'app-proxy-01', revocation }],
      cloud: { faults: [{ fault: 'certificate-of-2026', host }] },
      firewall: {
        rules: [{ allow: list, port: 80 }, { allow: issuer, port: 80 }, { allow: 'documented' }],
      },
    }),
    change: denyHost(closed),
    expect: seen,
  }),
);
