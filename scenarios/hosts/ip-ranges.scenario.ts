import { type Change, documentedSite, narrowed, results, scenarios } from '../../harness/index.js';

const missed = { device: 'edge-firewall', rule: 'default drop' } as const;
const tag = (allow: string) => ({ allow, match: 'service-tag' as const, 'as-of': '2023-08-07' });
/** Met where the ranges let something through, not where they miss it. */
const enough = (host: string, allow: string): Change => ({
  ...narrowed(host, tag(allow)),
  exercised: [{ kind: 'decision', device: 'edge-firewall', rule: `allow ${allow} port 443` }],
});

/**
 * Without suffix rules: the ranges of the service tags stand in for names. The service has no tag of its
 * own; the lab's addresses are in the tags in which the real ones are. What is proved is that a missing
 * range breaks only what lives there.
 */
export default scenarios(
  [
    {
      row: 'tag of the service',
      title: 'The ranges of Azure instead of *.msappproxy.net are enough',
      change: [enough('*.msappproxy.net', 'AzureCloud')],
      seen: [results.register.ok(), results.bootstrap.ok(), results.listen.ok(), results.deliver.ok()],
    },
    {
      row: 'tag of the relay',
      title: 'The ranges of ServiceBus instead of *.servicebus.windows.net are enough',
      change: [enough('*.servicebus.windows.net', 'ServiceBus')],
      seen: [results.listen.ok(), results.deliver.ok()],
    },
    {
      row: 'tag of one region',
      title: 'The ranges of Azure in one region leave data hosts of another one closed',
      change: [narrowed('*.msappproxy.net', tag('AzureCloud.westeurope'))],
      seen: [
        results.register.ok(),
        results.bootstrap.ok(),
        results.deliver.tcpDrop({ host: '*.connector.msappproxy.net', ...missed }),
      ],
    },
    {
      row: 'tag of another service',
      title: 'Ranges of another service leave registration, bootstrap and data calls closed, signalling open',
      change: [narrowed('*.msappproxy.net', tag('AzureResourceManager'))],
      seen: [
        results.bootstrap.tcpDrop({ host: '*.bootstrap.msappproxy.net', ...missed }),
        results.listen.ok(),
        results.deliver.tcpDrop({ host: '*.connector.msappproxy.net', ...missed }),
      ],
    },
  ],
  ({ row, title, change, seen }) => ({
    row,
    title,
    proves: 'hosts/ip-ranges',
    site: documentedSite(),
    change,
    expect: seen,
  }),
);
