import { cloudFault, documentedSite, narrowed, results, scenarios } from '../../harness/index.js';

/**
 * The edge lets through the addresses that somebody found in a trace. They are good until the service
 * moves into another range, or its names lead to another, nearer region.
 */
const fromATrace = narrowed('*.msappproxy.net', { allow: '198.18.67.0/24', match: 'address' });

export default scenarios(
  [
    { fault: 'addresses-moved', what: 'moves into another range' },
    { fault: 'nearer-region', what: 'is reached in another, nearer region' },
  ] as const,
  ({ fault, what }) => ({
    row: fault,
    title: `Addresses from a trace instead of names: the service ${what}, and the edge drops it`,
    proves: 'hosts/ip-ranges-weekly',
    site: fromATrace.apply(documentedSite()),
    change: cloudFault(fault, '*.bootstrap.msappproxy.net'),
    expect: [
      results.bootstrap.tcpDrop({
        host: '*.bootstrap.msappproxy.net',
        device: 'edge-firewall',
        rule: 'default drop',
      }),
      results.listen.ok(),
    ],
  }),
);
