import { denyHost, documentedSite, narrowed, results, scenarios, steps } from '../../harness/index.js';

const server = 'app-proxy-01';
const relay = '*.servicebus.windows.net';
const data = 'vm19-proxy-appproxy-neur-dub01p-3.connector.msappproxy.net';
const namespaces = ['weur2', 'neur2', 'frc2', 'dwc2'].map(
  (region) => `cwap-eur1-${region}.servicebus.windows.net`,
);
/** Where the first request through each namespace is met. */
const firstGateways = ['g3-prod-am3-005', 'g8-prod-db3-009', 'g13-prod-par-002', 'g18-prod-dwc-001'].map(
  (gateway) => `${gateway}-sb.servicebus.windows.net`,
);

/** P9: hosts of the service take turns, so that a list from a short trace works for some requests and not for the next. */
export default scenarios(
  [
    {
      row: 'gateways of the first requests',
      what: 'the gateways of the first four requests are open: later ones are met elsewhere, and lost',
      change: narrowed(relay, ...[...namespaces, ...firstGateways].map((allow) => ({ allow }))),
      seen: results.deliver.tcpDrop({ host: relay, device: 'edge-firewall', rule: 'default drop' }),
    },
    {
      row: 'one of two data hosts',
      what: 'one of two data hosts is closed: every second answer is lost',
      change: denyHost(data),
      seen: results.deliver.tcpDrop({ host: data, device: 'edge-firewall', rule: `deny ${data}` }),
    },
  ],
  ({ row, what, change, seen }) => ({
    row,
    title: `Hosts take turns, and ${what}`,
    proves: ['hosts/suffix-rules', 'hosts/service'],
    site: documentedSite(),
    change,
    script: {
      change: [
        ...steps.operate(server, 'listen'),
        ...Array.from({ length: 8 }, () => steps.visit('https://intranet-contoso.msappproxy.net/')),
        ...steps.operate(server, 'deliver'),
      ],
    },
    expect: [results.listen.ok(), seen],
  }),
);
