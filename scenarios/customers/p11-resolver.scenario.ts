import { documentedSite, internalZone, resolverFault, results, scenarios } from '../../harness/index.js';

const signalling = '*.servicebus.windows.net';

/** P11: names are resolved along a chain of aliases below other suffixes, and every step must resolve. */
export default scenarios(
  [
    { row: 'name unknown', answer: 'nxdomain', result: 'dnsNxdomain' },
    { row: 'no answer', answer: 'timeout', result: 'dnsTimeout' },
    { row: 'alias without target', answer: 'no-chain', result: 'dnsNxdomain' },
    { row: 'internal zone', zone: 'servicebus.windows.net', result: 'dnsNxdomain' },
  ] as const,
  ({ row, result, ...how }) => ({
    row,
    title: `The resolver fails for ${signalling} (${row}): no signalling, the rest works`,
    proves: row === 'alias without target' ? ['hidden/cname-chain'] : ['hosts/service'],
    site: documentedSite(),
    change: how.zone ? internalZone(how.zone) : resolverFault(signalling, how.answer),
    expect: [
      results.bootstrap.ok(),
      results.listen[result]({
        host: signalling,
        device: 'resolver',
        rule: how.zone ? `zone ${how.zone}` : `${how.answer} ${signalling}`,
      }),
    ],
  }),
);
