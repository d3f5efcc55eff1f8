import {
  denyHost,
  documentedSite,
  edgeRule,
  portal,
  results,
  scenarios,
  steps,
  user,
} from '../../harness/index.js';

const server = 'app-proxy-01';
const intranet = 'https://intranet-contoso.msappproxy.net/';
const namespace = 'cwap-eur1-frc2.servicebus.windows.net';
const gateways = 'g*-prod-par-002-sb.servicebus.windows.net';
const others = ['weur2', 'neur2', 'dwc2'].map((region) => `cwap-eur1-${region}.servicebus.windows.net`);
const by = (rule: string) => ({ device: 'edge-firewall', rule }) as const;
/** Each of the four namespaces has its turn twice. */
const eightRequests = [
  ...steps.operate(server, 'bootstrap', 'listen'),
  ...Array.from({ length: 8 }, () => steps.visit(intranet)),
  ...steps.operate(server, 'deliver'),
  steps.viewPortal(server),
];
const works = [portal.connector(server).isActive(), user.visits(intranet).gets('application')];

/**
 * A connector listens at four namespaces, and each signal comes through another one. While one of them is
 * left users see nothing of it; where only gateways are closed, every fourth request is lost.
 */
export default scenarios(
  [
    {
      row: 'one closed',
      title: 'One namespace of four is closed: requests come through the other three, and nobody notices',
      changes: [denyHost(namespace)],
      seen: [
        results.listen.tcpDrop({ host: namespace, ...by(`deny ${namespace}`) }),
        results.listen.ok(),
        results.deliver.ok(),
        ...works,
      ],
    },
    {
      row: 'three closed',
      title: 'Three namespaces of four are closed: one is enough to be signalled through',
      changes: others.map((host) => denyHost(host)),
      seen: [
        ...others.map((host) => results.listen.tcpDrop({ host, ...by(`deny ${host}`) })),
        results.listen.ok(),
        results.deliver.ok(),
        ...works,
      ],
    },
    {
      row: 'gateways of one closed',
      title: 'The gateways of one namespace of four are closed: its requests are lost, others arrive',
      changes: [edgeRule({ deny: gateways, match: 'wildcard' })],
      seen: [
        results.listen.ok(),
        results.deliver.tcpDrop({
          host: '*.servicebus.windows.net',
          ...by(`deny ${gateways}`),
        }),
        portal.connector(server).isActive(),
      ],
    },
  ],
  ({ row, title, changes, seen }) => ({
    row,
    title,
    proves: 'verify/active-is-not-proof',
    site: documentedSite(),
    change: changes,
    script: { change: eightRequests },
    expect: seen,
  }),
);
