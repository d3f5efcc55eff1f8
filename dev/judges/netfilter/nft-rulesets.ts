import fc from 'fast-check';
import { chains, laterThan, oftenOf, partsOf } from './drawn.js';
import type { Side } from './iptables-saves.js';
import { interfaces, one, parts } from './nft-matches.js';
import { otherTables, sets } from './nft-tables.js';

/** Scripts of nft, drawn at random, of which the kernel makes what `nft list ruleset` prints. */

/** Base chains of a table in the order in which they are asked; most rules are in the middle one. */
const bases: Readonly<Record<Side, readonly (readonly [string, string])[]>> = {
  edge: [
    ['pre', 'hook prerouting priority mangle'],
    ['early', 'hook forward priority filter - 10'],
    ['main', 'hook forward priority filter'],
    ['late', 'hook forward priority 10'],
    ['post', 'hook postrouting priority -150'],
  ],
  server: [
    ['early', 'hook output priority -150'],
    ['main', 'hook output priority filter'],
    ['post', 'hook postrouting priority 0'],
  ],
};

const refusals = [
  'reject',
  'reject with tcp reset',
  'reject with icmp type host-unreachable',
  'reject with icmp type admin-prohibited',
];
const icmpx = ['reject with icmpx type admin-prohibited', 'reject with icmpx type no-route'];

function verdictsIn(chain: string): string[] {
  const leads = laterThan(chain).flatMap((other) => [`jump ${other}`, `goto ${other}`]);
  return ['accept', 'drop', 'return', 'continue', ...leads];
}

function mapIn(chain: string): fc.Arbitrary<string> {
  const verdict = one(verdictsIn(chain));
  const keys: Readonly<Record<string, readonly string[]>> = {
    'tcp dport': ['80', '443', '1000-2000', '22'],
    'ip daddr': ['203.0.113.0/25', '198.51.100.9', '10.0.0.0/8'],
    'ct state': ['new', 'established', 'invalid'],
    'ip daddr . tcp dport': ['203.0.113.7 . 443', '192.0.2.1 . 1-100'],
    'meta l4proto': ['tcp', 'udp'],
    'ip saddr': ['10.1.2.0/24', '10.2.0.0/16'],
    'ip saddr . ip daddr': ['10.1.2.3 . 203.0.113.0/24'],
  };
  const drawn = fc.constantFrom(...Object.keys(keys)).chain((selector) =>
    fc
      .tuple(
        fc.subarray([...(keys[selector] ?? [])], { minLength: 1 }),
        fc.infiniteStream(verdict),
        fc.boolean(),
      )
      .map(([own, verdicts, hasOther]) => {
        const elements = own.map((key) => `${key} : ${verdicts.next().value}`);
        // Of these kinds there is no other.
        const other =
          hasOther && ['tcp dport', 'ip daddr'].includes(selector) ? [`* : ${verdicts.next().value}`] : [];
        return `${selector} vmap { ${[...elements, ...other].join(', ')} }`;
      }),
  );
  return fc.oneof(
    { arbitrary: drawn, weight: 5 },
    { arbitrary: fc.constant('tcp dport vmap @verdicts'), weight: 1 },
  );
}

function ruleIn(chain: string, side: Side, family: string): fc.Arbitrary<string> {
  const own = [...refusals, ...(family === 'inet' ? icmpx : [])];
  // A first chain may refuse nothing behind the way of the packet.
  const refuses = chain === 'post' ? 'drop' : undefined;
  const ends = fc.oneof(
    { arbitrary: one(verdictsIn(chain)), weight: 8 },
    { arbitrary: refuses ? fc.constant(refuses) : one(own), weight: 2 },
    { arbitrary: mapIn(chain), weight: 3 },
    { arbitrary: fc.constant(''), weight: 1 },
  );
  const comment = one(['', '', '', ' comment "drop { ; it\'s"']);
  return fc
    .tuple(partsOf({ ...parts, ...interfaces[side] }, 3), ends, comment)
    .map(([all, verdict, told]) => {
      const isPost = chain === 'post';
      // nft takes no rule about two protocols, nor one about the family where there is only one.
      const isOther = all.some((part) => /^(udp|icmp|meta l4proto (udp|\{))/.test(part));
      const asked = all.filter(
        (part) =>
          !(isPost && /^(iif|iifname) /.test(part)) &&
          !(isOther && /^(tcp|ip daddr \. tcp|ip saddr \. tcp)/.test(part)) &&
          !(family === 'ip' && part.startsWith('meta nfproto')),
      );
      const end = isOther && /^tcp|tcp dport/.test(verdict) ? 'drop' : verdict;
      const body = [...asked, end].filter((text) => text !== '').join(' ');
      return body === '' ? 'counter' : `${body}${told}`;
    });
}

/** A script of one table, and sometimes of another. */
export function nftRuleset(side: Side): fc.Arbitrary<string> {
  const others = otherTables[side];
  return fc.constantFrom('inet', 'ip').chain((family) => {
    const rule = oftenOf(
      ['main', 'main', ...chains],
      bases[side].map(([name]) => name),
    ).chain((chain) => fc.tuple(fc.constant(chain), ruleIn(chain, side, family)));
    return fc
      .record({
        closed: fc.subarray(bases[side].map(([name]) => name).concat('main', 'main')),
        closes: fc.constantFrom(true, false, false),
        lets: fc.constantFrom(
          'ct state established,related accept',
          'ct state vmap { established : accept, related : accept, invalid : drop }',
          '',
        ),
        rules: fc.array(rule, { maxLength: 12 }),
        other: fc.oneof({ arbitrary: fc.constant(''), weight: 4 }, { arbitrary: one(others), weight: 1 }),
      })
      .map(({ closed, closes, lets, rules, other }) => {
        const isClosed = (name: string) =>
          (closes ? closed : closed.filter((it) => it === 'main')).includes(name);
        const own = (chain: string) =>
          rules.flatMap(([name, text]) => (name === chain ? [`    ${text}`] : []));
        return [
          ...(other === '' ? [] : [other]),
          `table ${family} fw {`,
          ...sets,
          ...[...chains].reverse().flatMap((chain) => [`  chain ${chain} {`, ...own(chain), '  }']),
          '  map verdicts { type inet_service : verdict; elements = { 80 : jump C, 443 : accept, 8080 : drop } }',
          ...bases[side].flatMap(([name, hook]) => {
            const all = [...(name === 'main' && lets !== '' ? [`    ${lets}`] : []), ...own(name)];
            const policy = isClosed(name) ? 'drop' : 'accept';
            return all.length === 0 && name !== 'main'
              ? []
              : [`  chain ${name} {`, `    type filter ${hook}; policy ${policy};`, ...all, '  }'];
          }),
          '}',
          '',
        ].join('\n');
      });
  });
}
