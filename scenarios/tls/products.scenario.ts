import { documentedSite, inspectTls, results, scenarios, user } from '../../harness/index.js';

const intranet = 'https://intranet-contoso.msappproxy.net/';

/** What people really have on the path: three products, with their own ways of forging certificates. */
export default scenarios(
  (['squid', 'mitmproxy', 'mockttp'] as const).flatMap((product) => [
    { row: `${product}, unknown authority`, product, trusted: false },
    { row: `${product}, client certificate lost`, product, trusted: true },
  ]),
  ({ row, product, trusted }) => ({
    row,
    title: trusted
      ? `TLS inspection by ${product}: trusted, and the client certificate is lost in it`
      : `TLS inspection by ${product}: the server does not know the authority`,
    proves: 'tls/no-inspection',
    site: documentedSite(),
    change: inspectTls({
      product,
      'trusted-by-server': trusted,
      'revocation-info': false,
      only: ['*.connector.msappproxy.net'],
    }),
    expect: [
      results.bootstrap.ok(),
      results.listen.ok(),
      trusted
        ? results.deliver.tlsClientCertificateLost({
            host: '*.connector.msappproxy.net',
            device: 'inspector',
            rule: 'inspect *.connector.msappproxy.net',
          })
        : results.deliver.tlsUntrustedIssuer({
            host: '*.connector.msappproxy.net',
            device: 'inspector',
            rule: 'inspect *.connector.msappproxy.net',
          }),
      user.visits(intranet).gets(trusted ? 'connector-unauthorized' : 'gateway-timeout'),
    ],
  }),
);
