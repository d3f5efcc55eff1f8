import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImportOptions } from '../importer.js';
import { judged } from '../testing.js';
import { iptables } from './index.js';

const save = (...lines: string[]) =>
  `*filter\n:FORWARD DROP [0:0]\n:OUTPUT ACCEPT [0:0]\n${lines.join('\n')}\nCOMMIT\n`;
const read = (text: string, options: ImportOptions = {}) =>
  iptables.read({ file: 'edge.rules', text }, options);

describe('iptables-save', () => {
  it('gives rules with their place, in order, and the policy of the chain', () => {
    const { edge, notUnderstood } = read(
      save(
        '-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
        '-A FORWARD -p udp -m udp --dport 53 -j ACCEPT',
        '-A FORWARD -d 198.51.100.0/24 -p tcp -m multiport --dports 80,8000:8100 -m comment --comment "a \\"b\\" -j DROP" -j REJECT --reject-with tcp-reset',
        '-A FORWARD -p tcp -m tcp --dport 443 -m conntrack --ctstate NEW -j ACCEPT',
      ),
    );
    expect(notUnderstood).toEqual([]);
    expect(edge).toEqual({
      default: 'drop',
      rules: [
        { reset: '198.51.100.0/24', port: [80, '8000-8100'], source: { file: 'edge.rules', line: 6 } },
        { allow: 'any', port: [443], source: { file: 'edge.rules', line: 7 } },
      ],
    });
  });

  it.each<[string, string, ImportOptions, string]>([
    ['a source', '-A FORWARD -s 10.1.0.0/16 -p tcp -j ACCEPT', {}, 'unclear'],
    [
      'the server’s source',
      '-A FORWARD -s 10.1.0.0/16 -p tcp -j ACCEPT',
      { serverAddress: '10.1.2.3' },
      'allow',
    ],
    [
      'another source',
      '-A FORWARD -s 10.1.0.0/16 -p tcp -j ACCEPT',
      { serverAddress: '10.2.2.3' },
      'nothing',
    ],
    [
      'every source but the server’s',
      '-A FORWARD ! -s 10.1.2.3 -p tcp -j ACCEPT',
      { serverAddress: '10.1.2.3' },
      'nothing',
    ],
    ['a field of the packet', '-A FORWARD -m tos --tos 0x10/0x3f -j ACCEPT', {}, 'unclear'],
    ['a field, behind which it does not go on', '-A FORWARD -m tos --tos 0x10/0x3f -g A', {}, 'unclear'],
    ['an interface', '-A FORWARD -i eth1 -j ACCEPT', {}, 'unclear'],
    ['the interface', '-A FORWARD -i eth+ -o ppp0 -j ACCEPT', { comesBy: 'eth1', goesBy: 'ppp0' }, 'allow'],
    ['loopback', '-A FORWARD -i lo -j ACCEPT', {}, 'nothing'],
    ['another protocol', '-A FORWARD -p icmp -j ACCEPT', {}, 'nothing'],
    [
      'a string in the packet',
      '-A FORWARD -p tcp -m string --string "msappproxy" --algo bm -j ACCEPT',
      {},
      'unclear',
    ],
    ['a set of addresses', '-A FORWARD -m set --match-set cloud dst -j ACCEPT', {}, 'unclear'],
    ['an unknown target', '-A FORWARD -p tcp -j NFQUEUE --queue-num 1', {}, 'unclear'],
    ['a log', '-A FORWARD -j LOG --log-prefix "x: "', {}, 'nothing'],
  ])('a rule about %s', (_, line, options, meaning) => {
    const { edge, notUnderstood } = read(save(line), options);
    const [rule] = edge?.rules ?? [];
    expect(rule === undefined ? 'nothing' : rule.unclear ? 'unclear' : 'allow').toBe(meaning);
    expect(notUnderstood.map(({ line: at }) => at)).toEqual(meaning === 'unclear' ? [4] : []);
  });

  it('does not judge what another table takes away', () => {
    const { edge, notUnderstood } = read(
      `*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 3128\nCOMMIT\n${save('-A FORWARD -p tcp -j ACCEPT')}`,
    );
    expect(notUnderstood).toMatchObject([{ line: 3 }]);
    expect(judged(edge, '203.0.113.1', 443)).toBe('allow');
    expect(judged(edge, '203.0.113.1', 80)).toBeUndefined();
  });

  it('asks other tables before and behind the filter, through their own chains', () => {
    const mangle = `*mangle
:PREROUTING ACCEPT [0:0]
:POSTROUTING DROP [0:0]
:web - [0:0]
-A PREROUTING -p tcp -m tcp --dport 80 -j web
-A POSTROUTING -d 203.0.113.0/24 -j ACCEPT
-A web -d 203.0.113.2 -j DROP
COMMIT
`;
    const { edge, notUnderstood } = read(`${mangle}${save('-A FORWARD -p tcp -j ACCEPT')}`);
    expect(notUnderstood).toEqual([]);
    expect(judged(edge, '203.0.113.1', 443)).toBe('allow');
    expect(judged(edge, '203.0.113.2', 80)).toBe('drop');
    expect(judged(edge, '198.51.100.9', 443)).toBe('drop');
  });

  it('does not take what is led elsewhere for closed, whatever the filter says of where it wanted to', () => {
    const { edge } = read(
      `*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 10.0.0.5:3128\nCOMMIT\n${save('-A FORWARD -d 10.0.0.5 -j ACCEPT')}`,
    );
    expect(judged(edge, '203.0.113.1', 80)).toBeUndefined();
    expect(judged(edge, '203.0.113.1', 443)).toBe('drop');
  });

  it('does not take connections for new that are not tracked', () => {
    const { edge, notUnderstood } = read(
      `*raw\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp --dport 80 -j CT --notrack\nCOMMIT\n${save('-A FORWARD -m conntrack --ctstate NEW -j ACCEPT', '-A FORWARD -m conntrack --ctstate NEW,UNTRACKED -p tcp --dport 22 -j ACCEPT')}`,
    );
    expect(notUnderstood).toMatchObject([{ line: 8 }]);
    expect(judged(edge, '203.0.113.1', 80)).toBeUndefined();
    expect(judged(edge, '203.0.113.1', 22)).toBe('allow');
  });

  it('knows the sets that `ipset save` says, where it is handed over', () => {
    const sets = {
      file: 'sets.txt',
      text: `create cloud hash:net family inet hashsize 1024 maxelem 65536
add cloud 203.0.113.0/24
add cloud 198.51.100.9
create soon hash:ip family inet timeout 60
add soon 203.0.113.7 timeout 44
create none hash:ip family inet
create pairs hash:ip,port family inet
add pairs 203.0.113.7,tcp:443
create networks hash:ip family inet netmask 24
add networks 192.0.2.0
`,
    };
    const text = save(
      '-A FORWARD -m set --match-set cloud dst -p tcp --dport 443 -j ACCEPT',
      '-A FORWARD -m set --match-set soon dst -j REJECT',
      '-A FORWARD -m set --match-set none dst -j REJECT',
      '-A FORWARD -m set ! --match-set none dst -p tcp --dport 80 -j ACCEPT',
      '-A FORWARD -m set --match-set pairs dst,dst -j REJECT',
      '-A FORWARD -m set ! --match-set cloud dst -j REJECT',
      '-A FORWARD -m set --match-set networks dst -j ACCEPT',
    );
    expect(iptables.hasPart?.({ file: 'edge.rules', text }, sets)).toBe(true);
    const { edge, notUnderstood } = read(text, { parts: [sets] });
    expect(notUnderstood.map(({ line }) => line)).toEqual([5, 8, 9]);
    expect(edge?.rules.filter(({ unclear }) => !unclear)).toMatchObject([
      { allow: ['203.0.113.0/24', '198.51.100.9'], port: [443], source: { line: 4 } },
      { allow: 'any', port: [80], source: { line: 7 } },
      { allow: '192.0.2.0/24', source: { line: 10 } },
    ]);
  });

  it('is not endless where chains lead in a circle', () => {
    const { notUnderstood } = read(
      save(':A - [0:0]', ':B - [0:0]', '-A FORWARD -j A', '-A A -j B', '-A B -j A'),
    );
    expect(notUnderstood).toMatchObject([{ why: 'jumps more than 32 deep' }]);
  });
});

/** Rules as the kernel asks them: one packet, chain after chain. What nobody knows goes both ways. */
interface Rule {
  chain: string;
  port: number | undefined;
  to: string | undefined;
  unknown: boolean;
  target: string;
}
const chains = ['FORWARD', 'A', 'B', 'C'];
const networks = {
  '203.0.113.0/24': '203.0.113.',
  '203.0.113.128/25': '203.0.113.2',
  '198.51.100.0/24': '198.51.100.',
};
const packets = ['203.0.113.7', '203.0.113.200', '198.51.100.9', '192.0.2.1'].flatMap((address) =>
  [80, 443].map((port) => ({ address, port })),
);
const aRule = fc.record({
  chain: fc.constantFrom(...chains),
  port: fc.constantFrom(undefined, 80, 443),
  to: fc.constantFrom(undefined, undefined, ...Object.keys(networks)),
  unknown: fc.constantFrom(false, false, false, true),
  target: fc.constantFrom('ACCEPT', 'DROP', 'RETURN', 'A', 'B', 'C'),
});

function textOf({ chain, port, to, unknown, target }: Rule): string {
  return [
    `-A ${chain}`,
    ...(to ? [`-d ${to}`] : []),
    '-p tcp',
    ...(port ? [`-m tcp --dport ${port}`] : []),
    ...(unknown ? ['-m time --timestart 08:00'] : []),
    `-j ${target}`,
  ].join(' ');
}

/** What can become of a packet in a chain: verdicts, and `RETURN` where it goes on behind. */
function outcomes(rules: readonly Rule[], chain: string, packet: (typeof packets)[number]): Set<string> {
  const all = new Set<string>();
  for (const rule of rules.filter((one) => one.chain === chain)) {
    const network = rule.to && networks[rule.to as keyof typeof networks];
    const fits =
      (rule.port ?? packet.port) === packet.port && (!network || packet.address.startsWith(network));
    if (!fits) continue;
    const ends = chains.includes(rule.target) ? outcomes(rules, rule.target, packet) : new Set([rule.target]);
    const goesOn = rule.unknown || (chains.includes(rule.target) && ends.has('RETURN'));
    for (const one of ends) if (one !== 'RETURN' || !chains.includes(rule.target)) all.add(one);
    if (!goesOn) return all;
  }
  return all.add('RETURN');
}

it('says of every connection what the kernel’s way through the chains says, or that it is not judged', () => {
  const judgedOf = { ACCEPT: 'allow', DROP: 'drop', RETURN: 'drop' } as const;
  let [certain, doubted, known] = [0, 0, 0];
  fc.assert(
    fc.property(fc.array(aRule, { maxLength: 14 }), (drawn) => {
      // The kernel refuses circles: a chain leads to later ones only.
      const rules = drawn.filter(
        ({ chain, target }) => !chains.includes(target) || chains.indexOf(target) > chains.indexOf(chain),
      );
      const text = save(...chains.slice(1).map((chain) => `:${chain} - [0:0]`), ...rules.map(textOf));
      const edge = read(text).edge ?? { default: 'drop', rules: [] };
      for (const packet of packets) {
        const said = judged(edge, packet.address, packet.port);
        const possible = new Set(
          [...outcomes(rules, 'FORWARD', packet)].map((one) => judgedOf[one as keyof typeof judgedOf]),
        );
        if (possible.size > 1) doubted++;
        else certain++;
        if (said) known++;
        if (possible.size > 1) expect(said, `${text}\n${JSON.stringify(packet)}`).toBeUndefined();
        else if (said) expect([...possible], `${text}\n${JSON.stringify(packet)}`).toEqual([said]);
      }
    }),
    { seed: 777, numRuns: 1000 },
  );
  expect(Math.min(certain, doubted)).toBeGreaterThan(100);
  // Not judging anything would be right, too, and of no use.
  expect(known / certain).toBeGreaterThan(0.8);
});

it('takes the internet for what is none of private addresses, and nothing of it for the machine itself', () => {
  const text = (chain: string) =>
    `*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -m addrtype --dst-type LOCAL -p tcp --dport 443 -j DNAT --to-destination 10.0.0.2\nCOMMIT\n*filter\n:${chain} DROP [0:0]\n-A ${chain} ! -d 10.0.0.0/8 -p tcp --dport 443 -j ACCEPT\nCOMMIT\n`;
  const { edge, notUnderstood } = iptables.read({ file: 'a', text: text('FORWARD') }, {});
  expect(notUnderstood).toEqual([]);
  expect(judged(edge, '203.0.113.7', 443)).toBe('allow');
  // A server reaches applications inside, too.
  const { server } = iptables.read({ file: 'a', text: text('OUTPUT') }, {});
  expect(judged(server, '203.0.113.7', 443)).toBeUndefined();
});
