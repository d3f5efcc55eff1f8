import {
  applicationState,
  documentedSite,
  hostRule,
  portal,
  results,
  scenarios,
  user,
} from '../../harness/index.js';

/** The application is out of the connector's reach; the cloud side is untouched. */
export default scenarios(
  [
    {
      row: 'application stopped',
      change: applicationState('stopped'),
      seen: results.deliver.tcpReject({ host: 'intranet.contoso.test', device: 'application-host' }),
    },
    {
      row: 'firewall on the server',
      change: hostRule({ deny: 'intranet.contoso.test' }),
      seen: results.deliver.tcpDrop({
        host: 'intranet.contoso.test',
        device: 'host-firewall',
        rule: 'deny intranet.contoso.test',
      }),
    },
  ],
  ({ row, change, seen }) => ({
    row,
    title: `The server cannot reach the application (${row}): bad gateway for users, connector stays active`,
    proves: 'server/reaches-application',
    site: documentedSite(),
    change,
    expect: [
      results.listen.ok(),
      seen,
      portal.connector('app-proxy-01').isActive(),
      user.visits('https://intranet-contoso.msappproxy.net/').gets('bad-gateway'),
    ],
  }),
);
