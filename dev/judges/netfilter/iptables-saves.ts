import fc from 'fast-check';
import { chains, laterThan, networks, oftenOf, partsOf, ranges, sources } from './drawn.js';

/** `iptables-save` of routers and servers, drawn at random. */

export type Side = 'edge' | 'server';
const firstChain = { edge: 'FORWARD', server: 'OUTPUT' } as const;

const not = fc.constantFrom('', '', '', '! ');
const one = (values: readonly string[]) => fc.constantFrom(...values);
const asks = (option: string, values: fc.Arbitrary<string>) =>
  fc.tuple(not, values).map(([negation, value]) => `${negation}${option} ${value}`);
const extension = (name: string, option: string, values: fc.Arbitrary<string>) =>
  asks(option, values).map((text) => `-m ${name} ${text}`);

const port = one(['443', '80', '1:1024', ':442', '444:', '8080', '22', '0:65535', 'https', '443:443']);
const ports = one(['80,443', '22,80:8080', '443', '1:442,8080', '0:65535', '80,80,443', '1:79,8000:65535']);
const ownPort = one(['1024:65535', '49152:65535', ':1023', '0:65535', '443', '32768:61000', '1:65535']);

/** Without a protocol of their own. */
const common: Readonly<Record<string, fc.Arbitrary<string>>> = {
  to: asks('-d', one(networks)),
  toToo: asks('-d', one(networks)),
  from: asks('-s', one(sources)),
  state: fc.oneof(
    {
      weight: 9,
      arbitrary: extension(
        'conntrack',
        '--ctstate',
        oftenOf(['NEW', 'NEW,ESTABLISHED', 'RELATED,ESTABLISHED', 'INVALID'], ['UNTRACKED', 'NEW,UNTRACKED']),
      ),
    },
    // Never the contrary: nft prints it as if it were none.
    { weight: 1, arbitrary: one(['-m conntrack --ctstate DNAT', '-m conntrack --ctstate SNAT']) },
  ),
  oldState: extension('state', '--state', one(['NEW', 'RELATED,ESTABLISHED', 'INVALID'])),
  range: extension('iprange', '--dst-range', one(ranges)),
  sourceRange: extension('iprange', '--src-range', one(['10.1.2.0-10.1.2.9', '10.2.0.0-10.2.0.9'])),
  comment: one([
    '-m comment --comment "-j DROP"',
    '-m comment --comment plain',
    '-m comment --comment "a \\"quoted\\" ! --dport 443"',
    '-m comment --comment "it\'s"',
  ]),
  kind: extension('addrtype', '--dst-type', one(['LOCAL', 'UNICAST', 'BROADCAST,MULTICAST'])),
  mark: extension('mark', '--mark', one(['0x1', '0x0/0xff'])),
  length: extension('length', '--length', one(['60', '0:100', '1000:'])),
  hops: one(['-m ttl --ttl-gt 10', '-m ttl ! --ttl-eq 10', '-m ttl --ttl-lt 10']),
  hidden: one([
    '-m limit --limit 1/min --limit-burst 1',
    '-m statistic --mode nth --every 2 --packet 0',
    '-m time --timestart 00:00:00 --timestop 23:59:59',
    '-m pkttype --pkt-type unicast',
    '-m string --string "zzz" --algo bm --to 65535',
    '-m tos --tos 0x10/0x3f',
    '-m connmark --mark 0x1',
    '-m u32 --u32 "0x0=0x0"',
    '-m recent --rcheck --name r --rsource',
    '-m connlimit --connlimit-above 1000',
    '-m helper --helper ftp',
    '-m conntrack --ctproto 6',
    '-m conntrack --ctorigdst 203.0.113.7',
    '-m conntrack --ctdir ORIGINAL',
    '-m conntrack --ctdir REPLY',
    '-m conntrack --ctorigdstport 443',
    '-m conntrack --ctstatus NONE',
    '-m owner --uid-owner 0',
    '-m mac --mac-source 02:00:00:00:00:01',
    '-f',
    '! -f',
    '-m cpu --cpu 0',
    '-m physdev --physdev-is-bridged',
    '-m socket',
    '-m rpfilter',
  ]),
};
const setMatch = fc
  .tuple(
    not,
    one([
      'nets',
      'wide',
      'hosts',
      'blocks',
      'none',
      'own',
      'bits',
      'ports',
      'pairs',
      'both',
      'gone',
      'all',
      'wide',
    ]),
    fc.boolean(),
  )
  .map(([negation, name, isSource]) => {
    const side = isSource || name === 'own' ? 'src' : 'dst';
    return `-m set ${negation}--match-set ${name} ${name === 'pairs' || name === 'both' ? `${side},dst` : side}`;
  });
const interfaces: Readonly<Record<Side, Readonly<Record<string, fc.Arbitrary<string>>>>> = {
  edge: {
    comesBy: asks('-i', one(['lan0', 'wan0', 'lan+', 'eth1', 'lo', '+', 'l+', 'lan'])),
    goesBy: asks('-o', one(['wan0', 'lan0', 'wan+', 'eth1', 'lo', '+'])),
  },
  server: { goesBy: asks('-o', one(['eth0', 'eth+', 'lo', 'eth1', '+'])) },
};
const protocol = fc.oneof(
  { arbitrary: fc.constant(''), weight: 2 },
  {
    arbitrary: fc
      .tuple(
        fc.constantFrom('-p tcp', '-p tcp -m tcp', '-p 6'),
        fc.constantFrom(
          '',
          '',
          '--syn',
          '! --syn',
          '--tcp-flags FIN,SYN,RST,ACK SYN',
          '--tcp-flags SYN,ACK SYN',
          '--tcp-flags SYN,RST SYN,RST',
          '--tcp-flags ALL NONE',
          '! --tcp-flags SYN SYN',
          '--tcp-option 2',
          '--tcp-flags SYN SYN',
          '--tcp-flags FIN,SYN SYN,FIN',
        ),
        fc.oneof(
          fc.constant(''),
          asks('--dport', port),
          extension('multiport', '--dports', ports),
          asks('--sport', ownPort),
          extension('multiport', '--sports', one(['1024:65535', '80,443', '0:1023'])),
          // Nor of these: nft prints them without their `!`, too.
          one(['443', '80,443', '1024:65535']).map((text) => `-m multiport --ports ${text}`),
        ),
      )
      .map((parts) => parts.join(' ')),
    weight: 6,
  },
  {
    arbitrary: one([
      '-p udp',
      '-p udp -m udp --dport 443',
      '! -p tcp',
      '-p icmp',
      '-p all',
      '! -p udp',
      '-p icmp -m icmp --icmp-type 8',
      '-p 17',
      '-p esp',
    ]),
    weight: 1,
  },
);
const goesOn = [
  'LOG --log-prefix "-j DROP "',
  'MARK --set-xmark 0x0/0x0',
  'NFLOG --nflog-group 5',
  'CONNMARK --save-mark',
  'TRACE',
  'CLASSIFY --set-class 1:1',
  'TOS --set-tos 0x0/0x0',
  'AUDIT --type drop',
  'LOG --log-level 7 --log-uid',
  'CONNMARK --set-xmark 0x2/0xff',
];
/** Of `mangle` alone. */
const ofMangle = /^(CLASSIFY|TOS)/;
const refusals = [
  'REJECT',
  ...[
    'tcp-reset',
    'icmp-port-unreachable',
    'icmp-admin-prohibited',
    'icmp-host-unreachable',
    'icmp-net-prohibited',
    'icmp-proto-unreachable',
  ].map((how) => `REJECT --reject-with ${how}`),
];

function targetIn(chain: string): fc.Arbitrary<string> {
  const others = laterThan(chain);
  const leads = others.flatMap((other) => [`-j ${other}`, `-g ${other}`]);
  return fc.oneof(
    { arbitrary: fc.constantFrom('-j ACCEPT', '-j DROP', '-j ACCEPT', '-j RETURN'), weight: 6 },
    { arbitrary: one(refusals).map((refusal) => `-j ${refusal}`), weight: 2 },
    ...(leads.length > 0 ? [{ arbitrary: one(leads), weight: 4 }] : []),
    {
      arbitrary: one(goesOn.filter((target) => !ofMangle.test(target))).map((target) => `-j ${target}`),
      weight: 1,
    },
    { arbitrary: fc.constant(''), weight: 1 },
  );
}

function ruleIn(chain: string, side: Side, hasSets: boolean): fc.Arbitrary<string> {
  const kinds = { ...common, ...interfaces[side], ...(hasSets && { set: setMatch, setToo: setMatch }) };
  return fc.tuple(protocol, partsOf(kinds, 2), targetIn(chain)).map(([head, parts, target]) => {
    // `-d` stands once, and a port of a client wants its protocol.
    const own = parts.filter(
      (part, at) => !/(^|! )-d/.test(part) || parts.findIndex((it) => /(^|! )-d/.test(it)) === at,
    );
    const isTcp = /^-p (tcp|6)/.test(head);
    const end = target.includes('tcp-reset') && !isTcp ? '-j REJECT' : target;
    return [`-A ${chain}`, ...(isTcp || own.length % 2 === 0 ? [head, ...own] : [...own, head]), end]
      .filter((word) => word !== '')
      .join(' ');
  });
}

const otherTables: Readonly<Record<Side, readonly string[]>> = {
  edge: [
    '*mangle\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -d 192.0.2.1/32 -p tcp -j DROP\n-A PREROUTING -j MARK --set-xmark 0x0/0xffffffff\nCOMMIT\n',
    '*mangle\n:FORWARD DROP [0:0]\n-A FORWARD -p tcp -m tcp --dport 443 -j ACCEPT\nCOMMIT\n',
    '*mangle\n:PREROUTING ACCEPT [0:0]\n:x - [0:0]\n-A PREROUTING -p tcp -m tcp --dport 80 -j x\n-A x -s 10.1.2.3/32 -j RETURN\n-A x -j DROP\nCOMMIT\n',
    '*mangle\n:POSTROUTING ACCEPT [0:0]\n-A POSTROUTING -d 198.51.100.9/32 -j DROP\nCOMMIT\n',
    '*mangle\n:OUTPUT DROP [0:0]\n:INPUT DROP [0:0]\nCOMMIT\n',
    '*raw\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -d 203.0.113.0/25 -j DROP\n-A PREROUTING -p tcp -m tcp --dport 22 -j CT --notrack\nCOMMIT\n',
    '*raw\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -j NOTRACK\nCOMMIT\n',
    '*nat\n:PREROUTING ACCEPT [0:0]\n:POSTROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 3128\n-A POSTROUTING -o wan0 -j MASQUERADE\nCOMMIT\n',
    '*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -d 203.0.113.7/32 -p tcp -m tcp --dport 443 -j DNAT --to-destination 192.0.2.1:8080\nCOMMIT\n',
    '*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -d 203.0.113.7/32 -j ACCEPT\n-A PREROUTING -p tcp -m multiport --dports 80,443 -j DNAT --to-destination 192.0.2.1\nCOMMIT\n',
    '*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -d 198.51.100.0/24 -j NETMAP --to 203.0.113.0/24\nCOMMIT\n',
    '*security\n:FORWARD ACCEPT [0:0]\n-A FORWARD -d 192.0.2.1/32 -j DROP\nCOMMIT\n',
  ],
  server: [
    '*mangle\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -d 192.0.2.1/32 -p tcp -j DROP\nCOMMIT\n',
    '*mangle\n:POSTROUTING DROP [0:0]\n-A POSTROUTING -p tcp -m tcp --dport 443 -j ACCEPT\nCOMMIT\n',
    '*raw\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -p tcp -m tcp --dport 22 -j CT --notrack\n-A OUTPUT -d 10.0.0.0/8 -j DROP\nCOMMIT\n',
    '*nat\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 3128\nCOMMIT\n',
    '*nat\n:OUTPUT ACCEPT [0:0]\n:POSTROUTING ACCEPT [0:0]\n-A OUTPUT -d 203.0.113.7/32 -p tcp -m tcp --dport 443 -j DNAT --to-destination 192.0.2.1:8080\n-A POSTROUTING -o eth0 -j MASQUERADE\nCOMMIT\n',
    '*security\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -p tcp -m tcp --dport 8080 -j DROP\nCOMMIT\n',
    '*mangle\n:FORWARD DROP [0:0]\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -d 203.0.113.0/24 -j DROP\nCOMMIT\n',
  ],
};

/** A text as somebody saves it, of which most lets old connections go on. */
export function iptablesSave(side: Side, hasSets: boolean): fc.Arbitrary<string> {
  const first = firstChain[side];
  const rule = fc.constantFrom(first, first, ...chains).chain((chain) => ruleIn(chain, side, hasSets));
  return fc
    .record({
      policy: fc.constantFrom('ACCEPT', 'DROP', 'DROP'),
      other: fc.constantFrom('ACCEPT', 'ACCEPT', 'ACCEPT', 'DROP'),
      lets: fc.constantFrom(true, true, true, false),
      rules: fc.array(rule, { maxLength: 12 }),
      table: fc.oneof(
        { arbitrary: fc.constant(''), weight: 5 },
        { arbitrary: one(otherTables[side]), weight: 2 },
      ),
      counted: fc.boolean(),
    })
    .map(({ policy, other, lets, rules, table, counted }) => {
      const others = ['INPUT', 'FORWARD', 'OUTPUT'].filter((name) => name !== first);
      const all = lets
        ? [`-A ${first} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`, ...rules]
        : rules;
      return [
        ...(table === '' ? [] : [table.trimEnd()]),
        '*filter',
        `:${first} ${policy} [0:0]`,
        ...others.map((name) => `:${name} ${other} [0:0]`),
        ...chains.map((name) => `:${name} - [0:0]`),
        ...all.map((text) => (counted ? `[3:180] ${text}` : text)),
        'COMMIT',
        '',
      ].join('\n');
    });
}
