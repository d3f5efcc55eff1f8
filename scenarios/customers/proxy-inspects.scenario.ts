import { documentedHosts, documentedSite, inspectTls, results, scenarios } from '../../harness/index.js';

const proxy = { address: 'proxy.contoso.test:8080' };
const documented = documentedHosts('public').map(({ rule }) => rule);
const service = '*.msappproxy.net';
const rule = 'inspect *';

/** P1 at the proxy: what it reads of its tunnels, and what it leaves alone. */
export default scenarios(
  [
    {
      row: 'trusted',
      title:
        'The proxy reads tunnels with a certificate that is trusted: the connector’s own does not arrive',
      options: { 'trusted-by-server': true },
      expect: [
        results.bootstrap.tlsClientCertificateLost({
          host: '*.bootstrap.msappproxy.net',
          device: 'inspector',
          rule,
        }),
      ],
    },
    {
      row: 'unknown',
      title: 'The proxy reads tunnels with a certificate that nobody trusts: handshakes fail',
      options: {},
      expect: [results.bootstrap.tlsUntrustedIssuer({ device: 'inspector', rule })],
    },
    {
      row: 'one-suffix-forgotten',
      title: 'The proxy leaves the documented hosts alone, and one suffix was forgotten',
      options: { 'trusted-by-server': true, except: documented.filter((host) => host !== service) },
      expect: [
        results.bootstrap.tlsClientCertificateLost({
          host: '*.bootstrap.msappproxy.net',
          device: 'inspector',
          rule,
        }),
      ],
    },
  ],
  ({ row, title, options, expect }) => ({
    row,
    title,
    proves: 'tls/no-inspection',
    site: documentedSite({ proxy }),
    change: inspectTls({ at: 'proxy', 'revocation-info': false, ...options }),
    expect,
  }),
);
