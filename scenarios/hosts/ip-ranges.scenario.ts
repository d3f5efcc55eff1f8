import { documentedSite, narrowed, results, scenarios } from '../../harness/index.js';

const missed = { device: 'edge-firewall', rule: 'default drop' };
const tag = (allow: string) => ({ allow, match: 'service-tag' as const, 'as-of': '2023-08-07' });

/**
 * Without suffix rules: the ranges of the service tags stand in for names. The tags and ranges are
 * the lab's own; what is proved is the mechanism, that a missing range breaks only what lives there.
 */
export default scenarios(
  [
    {
      row: 'tag of the service',
      title: 'The ranges of the service instead of *.msappproxy.net are enough',
      change: [
        narrowed('*.msappproxy.net', tag('AppProxy')),
        narrowed('*.servicebus.windows.net', tag('ServiceBus')),
      ],
      exercised: 'allow AppProxy port 443',
      seen: [results.register.ok(), results.bootstrap.ok(), results.listen.ok(), results.deliver.ok()],
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
  ({ row, title, change, seen, exercised }) => ({
    row,
    title,
    proves: 'hosts/ip-ranges',
    site: documentedSite(),
    change: exercised
      ? change.map((one) => ({ ...one, exercised: [{ device: 'edge-firewall', action: 'allow' }] }))
      : change,
    expect: seen,
  }),
);
