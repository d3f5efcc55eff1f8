import { documentedSite, resolverFault, results, scenarios } from '../../harness/index.js';

/** P11: names are resolved along a chain of aliases below other suffixes, and every step must resolve. */
export default scenarios(
  [
    { row: 'name unknown', answer: 'nxdomain', result: 'dnsNxdomain' },
    { row: 'no answer', answer: 'timeout', result: 'dnsTimeout' },
    { row: 'alias without target', answer: 'no-chain', result: 'dnsNxdomain' },
  ] as const,
  ({ row, answer, result }) => ({
    row,
    title: `The resolver fails for *.servicebus.windows.net (${row}): no signalling, the rest works`,
    proves: answer === 'no-chain' ? ['hidden/cname-chain'] : ['hosts/service'],
    site: documentedSite(),
    change: resolverFault('*.servicebus.windows.net', answer),
    expect: [
      results.bootstrap.ok(),
      results.listen[result]({
        host: '*.servicebus.windows.net',
        device: 'resolver',
        rule: `${answer} *.servicebus.windows.net`,
      }),
    ],
  }),
);
