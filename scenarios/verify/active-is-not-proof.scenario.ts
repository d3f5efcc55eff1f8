import { denyHost, documentedSite, narrowed, portal, results, scenarios, user } from '../../harness/index.js';

const namespaces = ['weur2', 'neur2', 'frc2', 'dwc2'].map((region) => ({
  allow: `cwap-eur1-${region}.servicebus.windows.net`,
}));

/**
 * The label only says that the connector can call the service. Three ways to be green and useless:
 * no signalling, no rendezvous (the relay names another gateway for each signal), no data calls.
 */
export default scenarios(
  [
    {
      row: 'signalling',
      change: denyHost('*.servicebus.windows.net'),
      seen: [
        results.listen.tcpDrop({ device: 'edge-firewall', rule: 'deny *.servicebus.windows.net' }),
        results.deliver.notAttempted(),
      ],
    },
    {
      row: 'rendezvous',
      change: narrowed('*.servicebus.windows.net', ...namespaces),
      seen: [
        results.listen.ok(),
        results.deliver.tcpDrop({
          host: '*.servicebus.windows.net',
          device: 'edge-firewall',
          rule: 'default drop',
        }),
      ],
    },
    {
      row: 'data',
      change: denyHost('*.connector.msappproxy.net'),
      seen: [
        results.listen.ok(),
        results.deliver.tcpDrop({ device: 'edge-firewall', rule: 'deny *.connector.msappproxy.net' }),
      ],
    },
  ],
  ({ row, change, seen }) => ({
    row,
    title: `No ${row}, everything else open: the portal stays green and users get a gateway timeout`,
    proves: 'verify/active-is-not-proof',
    site: documentedSite(),
    change,
    expect: [
      results.bootstrap.ok(),
      ...seen,
      portal.connector('app-proxy-01').isActive(),
      user.visits('https://intranet-contoso.msappproxy.net/').gets('gateway-timeout'),
    ],
  }),
);
