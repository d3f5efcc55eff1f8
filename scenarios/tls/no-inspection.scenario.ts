import {
  documentedSite,
  type Expectation,
  inspectTls,
  results,
  type SiteInput,
  scenarios,
  user,
} from '../../harness/index.js';

const inspector = { device: 'inspector', rule: 'inspect *' } as const;
const pageInClear = { device: 'inspector', rule: 'block-page crl3.digicert.com' } as const;
const intranet = 'https://intranet-contoso.msappproxy.net/';

interface Case {
  row: string;
  what: string;
  revocation?: 'soft-fail' | 'hard-fail';
  options: SiteInput['inspection'];
  seen: Expectation[];
}

/** P1: what inspection breaks depends on whether the server trusts it, and on what it can pass on. */
export default scenarios(
  [
    {
      row: 'trusted, client certificate lost',
      options: { 'trusted-by-server': true },
      what: 'the server trusts the inspector, but the client certificate cannot pass',
      seen: [
        results.register.ok(),
        results.bootstrap.tlsClientCertificateLost({ host: '*.bootstrap.msappproxy.net', ...inspector }),
      ],
    },
    {
      row: 'trusted, data calls only',
      options: { 'trusted-by-server': true, only: ['*.connector.msappproxy.net'] },
      what: 'only the data calls are inspected: the user sees the connector refused',
      seen: [
        results.bootstrap.ok(),
        results.listen.ok(),
        results.deliver.tlsClientCertificateLost({
          host: '*.connector.msappproxy.net',
          device: 'inspector',
          rule: 'inspect *.connector.msappproxy.net',
        }),
        user.visits(intranet).gets('connector-unauthorized'),
      ],
    },
    {
      row: 'unknown authority',
      options: { 'trusted-by-server': false },
      what: 'the server does not know the inspecting authority',
      seen: [
        results.register.tlsUntrustedIssuer(inspector),
        results.bootstrap.tlsUntrustedIssuer({ host: '*.bootstrap.msappproxy.net', ...inspector }),
        results.listen.tlsUntrustedIssuer({ host: '*.servicebus.windows.net', ...inspector }),
      ],
    },
    {
      row: 'no revocation information',
      revocation: 'hard-fail',
      options: { 'trusted-by-server': true, 'revocation-info': false },
      what: 'forged certificates name no revocation list, and the connector insists on one',
      seen: [
        results.bootstrap.tlsNoRevocationInfo({ host: '*.bootstrap.msappproxy.net', ...inspector }),
        results.listen.tlsNoRevocationInfo({ host: '*.servicebus.windows.net', ...inspector }),
      ],
    },
    {
      row: 'WebSocket upgrade stripped',
      options: {
        'trusted-by-server': true,
        only: ['*.servicebus.windows.net'],
        websocket: 'strip-upgrade',
      },
      what: 'the inspector removes the WebSocket upgrade from the signalling request',
      seen: [
        results.bootstrap.ok(),
        results.listen.websocketUpgradeRefused({
          host: '*.servicebus.windows.net',
          device: 'inspector',
        }),
      ],
    },
    {
      row: 'block page',
      options: {
        'trusted-by-server': true,
        only: ['*.bootstrap.msappproxy.net'],
        'block-page': ['*.bootstrap.msappproxy.net'],
      },
      what: 'the inspector answers with a page of its own',
      seen: [
        results.bootstrap.httpBlockPage({
          host: '*.bootstrap.msappproxy.net',
          device: 'inspector',
          rule: 'block-page *.bootstrap.msappproxy.net',
        }),
      ],
    },
    {
      row: 'block page in the clear',
      revocation: 'hard-fail',
      options: {
        'trusted-by-server': true,
        only: ['crl3.digicert.com'],
        'block-page': ['crl3.digicert.com'],
      },
      what: 'a page of the inspector comes in place of a revocation list, which is fetched in the clear',
      seen: [
        results.bootstrap.tlsRevocationOffline({ host: '*.bootstrap.msappproxy.net', ...pageInClear }),
        results.revocationCheck.httpBlockPage({ host: 'crl3.digicert.com', port: 80, ...pageInClear }),
      ],
    },
  ] as Case[],
  ({ row, what, revocation = 'soft-fail', options, seen }) => ({
    row,
    title: `TLS inspection: ${what}`,
    proves: 'tls/no-inspection',
    site: documentedSite({ servers: [{ name: 'app-proxy-01', revocation }] }),
    change: inspectTls(options),
    expect: seen,
  }),
);
