import { documentedSite, inspectTls, results, scenarios, user } from '../../harness/index.js';

const except = ['*.msappproxy.net', '*.servicebus.windows.net'];
const connectorWorks = [
  results.register.ok(),
  results.bootstrap.ok(),
  results.listen.ok(),
  results.deliver.ok(),
  results.renew.ok(),
  user.visits('https://intranet-contoso.msappproxy.net/').gets('application'),
];

/** Everything but the connector's hosts is inspected, for real: the inspector ends the sign-in page's TLS. */
export default scenarios(
  [
    {
      row: 'trusted',
      what: 'inspection of everything else does no harm',
      trusted: true,
      seen: [results.signIn.ok(), ...connectorWorks],
    },
    {
      row: 'unknown authority',
      what: 'sign-in fails at the inspector, the registered connector never meets it',
      trusted: false,
      seen: [
        results.signIn.tlsUntrustedIssuer({ device: 'inspector', rule: 'inspect *' }),
        results.bootstrap.ok(),
        results.listen.ok(),
        results.deliver.ok(),
      ],
    },
  ],
  ({ row, what, trusted, seen }) => ({
    row,
    title: `The connector's hosts are exempt from inspection (${row}): ${what}`,
    proves: 'tls/bypass-suffices',
    site: documentedSite(),
    change: {
      ...inspectTls({ except, 'trusted-by-server': trusted }),
      // Only an inspector that really ends a connection's TLS leaves one of these.
      exercised: [
        { kind: 'tls', machine: 'inspector' },
        { kind: 'tls', outcome: 'tls-untrusted-issuer' },
      ],
    },
    expect: seen,
  }),
);
