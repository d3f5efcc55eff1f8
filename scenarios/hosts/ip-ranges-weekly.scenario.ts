import { documentedSite, narrowed, results, scenario, siteChange, staleLists } from '../../harness/index.js';

/**
 * P10: the service's data hosts moved into a range that only this week's list has. The control has
 * this week's list, the change last week's.
 */
const moved = documentedSite({
  cloud: { faults: [{ fault: 'addresses-moved', host: '*.connector.msappproxy.net' }] },
});
const ranges = (asOf: string) =>
  narrowed('*.msappproxy.net', { allow: 'AzureCloud', match: 'service-tag', 'as-of': asOf });

export default scenario({
  title: "Last week's ranges: what moved into a new range is dropped, the rest still works",
  proves: 'hosts/ip-ranges-weekly',
  measured: staleLists,
  site: ranges('2023-08-07').apply(moved),
  change: siteChange(
    "edge-firewall: last week's ranges (2023-07-31)",
    () => ranges('2023-07-31').apply(moved),
    [
      {
        kind: 'decision',
        device: 'edge-firewall',
        rule: 'default drop',
        host: { pattern: '*.connector.msappproxy.net', match: 'suffix' },
      },
    ],
  ),
  expect: [
    results.bootstrap.ok(),
    results.listen.ok(),
    results.deliver.tcpDrop({
      host: '*.connector.msappproxy.net',
      device: 'edge-firewall',
      rule: 'default drop',
    }),
  ],
});
