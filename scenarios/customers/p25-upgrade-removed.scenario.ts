import { documentedSite, inspectTls, portal, results, scenarios, user } from '../../harness/index.js';

const server = 'app-proxy-01';
const host = '*.servicebus.windows.net';

/** P25: an inspector that the server trusts; the same one, where it lets the upgrade pass, does no harm. */
export default scenarios(
  [
    {
      row: 'removed',
      websocket: 'strip-upgrade',
      what: 'is removed by an inspector: nothing is signalled, and the portal stays green',
      seen: [
        results.bootstrap.ok(),
        results.listen.websocketUpgradeRefused({ host, device: 'inspector' }),
        results.deliver.notAttempted(),
        portal.connector(server).isActive(),
        user.visits('https://intranet-contoso.msappproxy.net/').gets('gateway-timeout'),
      ],
    },
    {
      row: 'passed on',
      websocket: 'pass',
      what: 'is passed on by an inspector that the server trusts: everything works',
      seen: [results.bootstrap.ok(), results.listen.ok(), results.deliver.ok()],
    },
  ] as const,
  ({ row, websocket, what, seen }) => ({
    row,
    title: `The upgrade to a WebSocket ${what}`,
    proves: 'hidden/websocket-upgrade',
    site: documentedSite(),
    change: inspectTls({ 'trusted-by-server': true, only: [host], websocket }),
    expect: seen,
  }),
);
