import fc from 'fast-check';

/** Rule sets drawn at random, as texts, and what the kernel makes of a packet by them. */

interface DrawnRule {
  chain: string;
  ports: Ports;
  to: To;
  unknown: boolean;
  does: string | Record<string, string>;
}
interface DrawnSet {
  rules: DrawnRule[];
  /** Whether the policy of a first chain is to drop. */
  closed: Record<string, boolean>;
}
type Packet = (typeof packets)[number];

/** First chains in the order in which they are asked, with hook and priority. */
const first = { pre: ['prerouting', -300], early: ['forward', -10], late: ['forward', 10] } as const;
const others = ['a', 'b', 'c'];
const chains = [...Object.keys(first), ...others];
const portSets = {
  all: undefined,
  web: { text: 'tcp dport 443', json: ['==', 443], holds: [443] },
  not: { text: 'tcp dport != 443', json: ['!=', 443], holds: [80, 8443] },
  both: { text: 'tcp dport { 80, 443 }', json: ['==', { set: [80, 443] }], holds: [80, 443] },
  range: { text: 'tcp dport 400-9000', json: ['==', { range: [400, 9000] }], holds: [443, 8443] },
  above: { text: 'tcp dport > 443', json: ['>', 443], holds: [8443] },
  named: { text: 'tcp dport @web', json: ['==', '@web'], holds: [80, 443] },
} as const;
type Ports = keyof typeof portSets;
const addressSets = {
  all: undefined,
  network: {
    text: 'ip daddr 203.0.113.0/24',
    json: { prefix: { addr: '203.0.113.0', len: 24 } },
    holds: ['203.0.113.7', '203.0.113.200'],
  },
  half: {
    text: 'ip daddr { 203.0.113.128/25, 198.51.100.9 }',
    json: { set: [{ prefix: { addr: '203.0.113.128', len: 25 } }, '198.51.100.9'] },
    holds: ['203.0.113.200', '198.51.100.9'],
  },
  named: { text: 'ip daddr @cloud', json: '@cloud', holds: ['203.0.113.7', '198.51.100.9'] },
} as const;
type To = keyof typeof addressSets;

export const packets = ['203.0.113.7', '203.0.113.200', '198.51.100.9', '192.0.2.1'].flatMap((address) =>
  [80, 443, 8443].map((port) => ({ address, port })),
);

const simple = ['accept', 'drop', 'return', ...others.flatMap((one) => [`jump ${one}`, `goto ${one}`])];
const aRule = fc.record({
  chain: fc.constantFrom(...chains, 'early', 'late', 'early', 'late'),
  ports: fc.constantFrom(...(Object.keys(portSets) as Ports[]), 'all' as const),
  to: fc.constantFrom('all' as const, 'all' as const, ...(Object.keys(addressSets) as To[])),
  unknown: fc.constantFrom(false, false, true),
  does: fc.oneof(
    { arbitrary: fc.constantFrom(...simple), weight: 4 },
    {
      arbitrary: fc.dictionary(fc.constantFrom('80', '443', '*'), fc.constantFrom(...simple, 'continue'), {
        minKeys: 1,
        noNullPrototype: true,
      }),
      weight: 1,
    },
  ),
});

/** The kernel refuses circles: a chain leads to later ones only. */
function leadsOn({ chain, does }: DrawnRule): boolean {
  return (typeof does === 'string' ? [does] : Object.values(does)).every((verdict) => {
    const [, target] = verdict.split(' ');
    return target === undefined || chains.indexOf(target) > chains.indexOf(chain);
  });
}

const seldom = fc.constantFrom(false, false, false, false, true);

export const aRuleSet = fc
  .record({
    rules: fc.array(aRule, { maxLength: 16 }),
    closed: fc.record({ pre: seldom, early: seldom, late: fc.boolean() }),
  })
  .map(({ rules, closed }): DrawnSet => ({ rules: rules.filter(leadsOn), closed }));

/** As `nft list ruleset` prints it. */
export function textOf({ rules, closed }: DrawnSet, table: string): string {
  const text = ({ ports, to, unknown, does }: DrawnRule) =>
    [
      addressSets[to]?.text,
      portSets[ports]?.text,
      unknown && 'meta mark 0x00000001',
      'counter packets 0 bytes 0',
      typeof does === 'string'
        ? does
        : `tcp dport vmap { ${Object.entries(does)
            .map(([key, verdict]) => `${key} : ${verdict}`)
            .join(', ')} }`,
    ]
      .filter(Boolean)
      .join(' ');
  const chain = (name: string) => {
    const [hook, priority] = first[name as keyof typeof first] ?? [];
    const head =
      hook && `type filter hook ${hook} priority ${priority}; policy ${closed[name] ? 'drop' : 'accept'};`;
    const own = rules.filter((one) => one.chain === name).map(text);
    return [`chain ${name} {`, ...(head ? [head] : []), ...own, '}'];
  };
  return [
    `table inet ${table} {`,
    'set web { type inet_service; elements = { 80, 443 } }',
    'set cloud { type ipv4_addr; flags interval; elements = { 203.0.113.0-203.0.113.99,\n 198.51.100.0/24 } }',
    // nft wants a chain before rules that lead to it.
    ...[...chains].reverse().flatMap(chain),
    '}\n',
  ].join('\n');
}

/** As `nft -j list ruleset` prints it. */
export function jsonOf({ rules, closed }: DrawnSet): string {
  const verdict = (text: string) => {
    const [word = '', target] = text.split(' ');
    return { [word]: target ? { target } : null };
  };
  const dport = { payload: { protocol: 'tcp', field: 'dport' } };
  const match = (left: object, op: string, right: unknown) => ({ match: { op, left, right } });
  const expressions = ({ ports, to, unknown, does }: DrawnRule) => {
    const [address, port] = [addressSets[to], portSets[ports]];
    return [
      ...(address ? [match({ payload: { protocol: 'ip', field: 'daddr' } }, '==', address.json)] : []),
      ...(port ? [match(dport, port.json[0], port.json[1])] : []),
      ...(unknown ? [match({ meta: { key: 'mark' } }, '==', 1)] : []),
      { counter: { packets: 0, bytes: 0 } },
      typeof does === 'string'
        ? verdict(does)
        : {
            vmap: {
              key: dport,
              data: {
                set: Object.entries(does).map(([key, one]) => [
                  key === '*' ? key : Number(key),
                  verdict(one),
                ]),
              },
            },
          },
    ];
  };
  const of = { family: 'inet', table: 'fw' };
  const items = [
    { metainfo: { json_schema_version: 1 } },
    { table: { family: 'inet', name: 'fw', handle: 1 } },
    { set: { ...of, name: 'web', type: 'inet_service', elem: [80, 443] } },
    {
      set: {
        ...{ ...of, name: 'cloud', type: 'ipv4_addr', flags: ['interval'] },
        elem: [{ range: ['203.0.113.0', '203.0.113.99'] }, { prefix: { addr: '198.51.100.0', len: 24 } }],
      },
    },
    ...chains.map((name) => {
      const [hook, prio] = first[name as keyof typeof first] ?? [];
      const base = hook && { type: 'filter', hook, prio, policy: closed[name] ? 'drop' : 'accept' };
      return { chain: { ...of, name, ...base } };
    }),
    ...rules.map((rule) => ({ rule: { ...of, chain: rule.chain, expr: expressions(rule) } })),
  ];
  return JSON.stringify({ nftables: items });
}

/** What can become of a packet; what nobody knows goes both ways. */
export function outcomes(set: DrawnSet, packet: Packet): Set<'allow' | 'drop'> {
  const all = new Set<'allow' | 'drop'>();
  for (const name of Object.keys(first)) {
    const ends = inChain(set, name, packet);
    if (ends.has('')) ends.add(set.closed[name] ? 'drop' : 'accept');
    if (ends.has('drop')) all.add('drop');
    if (!ends.has('accept')) return all;
  }
  return all.add('allow');
}

/** Verdicts; none where it goes on in the chain before. */
function inChain(set: DrawnSet, chain: string, packet: Packet): Set<string> {
  const all = new Set<string>();
  for (const { ports, to, unknown, does } of set.rules.filter((one) => one.chain === chain)) {
    const [portSet, addressSet] = [portSets[ports], addressSets[to]];
    if (portSet && !(portSet.holds as readonly number[]).includes(packet.port)) continue;
    if (addressSet && !(addressSet.holds as readonly string[]).includes(packet.address)) continue;
    const verdict = typeof does === 'string' ? does : (does[`${packet.port}`] ?? does['*'] ?? 'continue');
    if (verdict === 'continue') continue;
    const [word = '', target] = verdict.split(' ');
    const ends =
      target === undefined ? new Set([word === 'return' ? '' : word]) : inChain(set, target, packet);
    const goesOn = word === 'jump' && ends.has('');
    for (const one of ends) if (one !== '' || word !== 'jump') all.add(one);
    if (!unknown && !goesOn) return all;
  }
  return all.add('');
}
