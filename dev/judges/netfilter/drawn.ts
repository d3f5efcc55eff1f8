import fc from 'fast-check';

/** What both kinds of rule sets are drawn of, and who asks them. */

/** The connector server, and the interfaces by which its connections come to the router and go on. */
export const known = { serverAddress: '10.1.2.3', comesBy: 'lan0', goesBy: 'wan0' } as const;
/** Of a server's own firewall. */
export const ownInterface = 'eth0';

export const flows = ['203.0.113.7', '203.0.113.200', '198.51.100.9', '192.0.2.1', '100.20.30.40'].flatMap(
  (address) => [22, 80, 443, 1433, 8080].map((port) => ({ address, port })),
);

export const networks = [
  ...['203.0.113.0/24', '203.0.113.128/25', '203.0.113.7', '203.0.113.7/32', '198.51.100.0/24'],
  ...[
    '198.51.100.8/30',
    '192.0.2.1',
    '0.0.0.0/0',
    '10.0.0.0/8',
    '100.20.30.40',
    '192.0.0.0/3',
    '203.0.113.9/24',
  ],
];
export const sources = ['10.1.2.3', '10.1.0.0/16', '10.1.2.0/24', '10.2.0.0/16', '0.0.0.0/0', '10.1.2.9'];
export const ranges = ['203.0.113.1-203.0.113.9', '198.51.100.9-203.0.113.200', '10.0.0.0-10.255.255.255'];
export const chains = ['A', 'B', 'C'];

/** Often the first ones. */
export function oftenOf<T>(common: readonly T[], rare: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { arbitrary: fc.constantFrom(...common), weight: 4 },
    { arbitrary: fc.constantFrom(...rare), weight: 1 },
  );
}

/** A chain leads to later ones only: the kernel refuses circles. */
export function laterThan(chain: string): string[] {
  return chains.slice(chains.indexOf(chain) + 1);
}

/** Several parts of a rule, none of a kind twice. */
export function partsOf(
  kinds: Readonly<Record<string, fc.Arbitrary<string>>>,
  most: number,
): fc.Arbitrary<string[]> {
  return fc
    .uniqueArray(fc.constantFrom(...Object.keys(kinds)), { maxLength: most })
    .chain((names) => fc.tuple(...names.map((name) => kinds[name] ?? fc.constant(''))));
}
