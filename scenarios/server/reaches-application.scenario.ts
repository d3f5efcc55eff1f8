import {
  applicationState,
  documentedSite,
  hostRule,
  portal,
  results,
  scenarios,
  user,
} from '../../harness/index.js';

/** The application is out of the connector's reach, or too slow for it; the cloud side is untouched. */
export default scenarios(
  [
    {
      row: 'application stopped',
      what: 'bad gateway',
      page: 'bad-gateway',
      change: applicationState('stopped'),
      seen: results.deliver.tcpReject({ host: 'intranet.contoso.test', device: 'application-host' }),
    },
    {
      row: 'application too slow',
      what: 'gateway timeout',
      page: 'gateway-timeout',
      change: applicationState('slow'),
      seen: results.deliver.tcpDrop({
        host: 'intranet.contoso.test',
        device: 'application-host',
        rule: 'state slow',
      }),
    },
    {
      row: 'firewall on the server',
      what: 'bad gateway',
      page: 'bad-gateway',
      change: hostRule({ deny: 'intranet.contoso.test' }),
      seen: results.deliver.tcpDrop({
        host: 'intranet.contoso.test',
        device: 'host-firewall',
        rule: 'deny intranet.contoso.test',
      }),
    },
  ] as const,
  ({ row, what, page, change, seen }) => ({
    row,
    title: `The server cannot reach the application (${row}): ${what} for users, connector stays active`,
    proves: 'server/reaches-application',
    site: documentedSite(),
    change,
    expect: [
      results.listen.ok(),
      seen,
      portal.connector('app-proxy-01').isActive(),
      user.visits('https://intranet-contoso.msappproxy.net/').gets(page),
    ],
  }),
);
