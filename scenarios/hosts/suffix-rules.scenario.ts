import { documentedSite, narrowed, results, scenarios } from '../../harness/index.js';

const missed = { device: 'edge-firewall', rule: 'default drop' } as const;

const namespaces = ['weur2', 'neur2', 'frc2', 'dwc2'].map((region) => ({
  allow: `cwap-eur1-${region}.servicebus.windows.net`,
}));

/** P9: service names are two and three labels deep, and gateways and data hosts change. */
export default scenarios(
  [
    {
      row: 'one-label wildcard',
      title: 'A wildcard that stands for one label misses every service host below *.msappproxy.net',
      change: narrowed('*.msappproxy.net', { allow: '*.msappproxy.net', match: 'one-label' }),
      seen: [
        results.register.tcpDrop({ host: '*.registration.msappproxy.net', ...missed }),
        results.bootstrap.tcpDrop({ host: '*.bootstrap.msappproxy.net', ...missed }),
      ],
    },
    {
      row: 'exact gateway from a trace',
      title:
        'Namespaces and gateway from a trace instead of the suffix: signalling works, the next gateway is dropped',
      change: narrowed('*.servicebus.windows.net', ...namespaces, {
        allow: 'g3-prod-am3-005-sb.servicebus.windows.net',
      }),
      seen: [results.listen.ok(), results.deliver.tcpDrop({ host: '*.servicebus.windows.net', ...missed })],
    },
    {
      row: 'exact data host from a trace',
      title:
        'A data host from a trace instead of the suffix: the service uses another one and its calls are dropped',
      change: narrowed('*.msappproxy.net', {
        allow: 'vm99-proxy-appproxy-neur-dub01p-3.connector.msappproxy.net',
      }),
      seen: [
        results.bootstrap.tcpDrop({ host: '*.bootstrap.msappproxy.net', ...missed }),
        results.deliver.tcpDrop({ host: '*.connector.msappproxy.net', ...missed }),
      ],
    },
  ],
  ({ row, title, change, seen }) => ({
    row,
    title,
    proves: 'hosts/suffix-rules',
    site: documentedSite(),
    change,
    expect: seen,
  }),
);
