import { documentedSite, results, scenarios, serverFacts, user } from '../../harness/index.js';

/** The oldest version for Private Access, and one before it; both carry Application Proxy traffic. */
export default scenarios(
  [
    { connector: '1.5.3417.0', seen: results.tunnel.ok(), what: 'carries both kinds of traffic' },
    {
      connector: '1.5.2846.0',
      seen: results.tunnel.refusedByService({ host: '*.msappproxy.net' }),
      what: 'carries Application Proxy traffic, and the service refuses its Private Access tunnel',
    },
  ],
  ({ connector, seen, what }) => ({
    row: connector,
    title: `Connector ${connector} ${what}`,
    proves: 'server/connector-version',
    site: documentedSite(),
    change: serverFacts(`connector ${connector}`, { connector }, [
      { kind: 'operation', operation: 'tunnel' },
    ]),
    expect: [
      results.listen.ok(),
      results.deliver.ok(),
      seen,
      user.visits('https://intranet-contoso.msappproxy.net/').gets('application'),
    ],
  }),
);
