import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImportOptions } from '../importer.js';
import { importerOf } from '../index.js';
import { judged } from '../testing.js';
import { nftables } from './index.js';
import { aRuleSet, jsonOf, outcomes, packets, textOf } from './testing/rule-sets.js';

const table = (...lines: string[]) => `table inet fw {\n${lines.join('\n')}\n}\n`;
const forward = (...rules: string[]) =>
  table('chain fwd {', 'type filter hook forward priority filter; policy drop;', ...rules, '}');
const read = (text: string, options: ImportOptions = {}) =>
  nftables.read({ file: 'edge.nft', text }, options);

describe('nft list ruleset', () => {
  it('gives rules with their place, in order, and the policy of the chain', () => {
    const text = table(
      'set cloud { type ipv4_addr; flags interval; elements = { 198.51.100.0/24,',
      '  203.0.113.1-203.0.113.9 comment "x; drop" } }',
      'chain fwd {',
      'type filter hook forward priority filter; policy drop;',
      'ct state vmap { established : accept, related : accept, invalid : drop }',
      'meta l4proto { tcp, udp } th dport 53 counter packets 1 bytes 60 drop comment "tcp dport 443 accept"',
      'ip daddr @cloud tcp dport { 80, 8000-8100 } log prefix "x { " group 5 reject with tcp reset',
      'udp dport 443 accept',
      'tcp dport vmap { 443 : goto web, 22 : drop }',
      '}',
      'chain web { ip daddr . tcp dport { 203.0.113.1 . 443, 203.0.113.2 . 80 } accept; }',
    );
    const { edge, server, notUnderstood } = read(text);
    const at = (line: number) => ({ source: { file: 'edge.nft', line } });
    expect({ notUnderstood, server }).toEqual({ notUnderstood: [], server: undefined });
    expect(edge).toEqual({
      default: 'drop',
      rules: [
        { deny: 'any', port: [53], ...at(7) },
        { reset: ['198.51.100.0/24', '203.0.113.1-203.0.113.9'], port: [80, '8000-8100'], ...at(8) },
        { allow: '203.0.113.1', port: [443], ...at(12) },
        { deny: 'any', port: [443], ...at(10) },
        { deny: 'any', port: [22], ...at(10) },
      ],
    });
  });

  it.each<[string, string, ImportOptions, 'allow' | 'unclear' | 'nothing']>([
    ['a source', 'ip saddr 10.1.0.0/16 accept', {}, 'unclear'],
    ['the server’s source', 'ip saddr { 10.1.0.0/16 } accept', { serverAddress: '10.1.2.3' }, 'allow'],
    ['another source', 'ip saddr 10.1.0.0/16 accept', { serverAddress: '10.2.2.3' }, 'nothing'],
    [
      'every source but the server’s',
      'ip saddr != 10.1.2.3 accept',
      { serverAddress: '10.1.2.3' },
      'nothing',
    ],
    ['an interface', 'iifname "eth1" accept', {}, 'unclear'],
    [
      'the interface',
      'iifname "eth*" oifname { "ppp0", "ppp1" } accept',
      { comesBy: 'eth1', goesBy: 'ppp0' },
      'allow',
    ],
    ['loopback', 'iif "lo" accept', {}, 'nothing'],
    ['another protocol', 'meta l4proto icmp accept', {}, 'nothing'],
    ['UDP and a set that is not known', 'udp dport @nowhere accept', {}, 'nothing'],
    ['IPv6', 'ip6 daddr ::/0 accept', {}, 'nothing'],
    ['old connections', 'ct state established,related accept', {}, 'nothing'],
    ['all but some states', 'ct state != established,related accept', {}, 'allow'],
    ['all but new ones and others', 'ct state != new,established accept', {}, 'unclear'],
    ['new connections', 'ct state new tcp flags & (fin | syn | rst | ack) == syn accept', {}, 'allow'],
    ['its first packet', 'tcp flags syn / fin,syn,rst,ack counter accept', {}, 'allow'],
    ['a set that is not there', 'ip daddr @nowhere accept', {}, 'unclear'],
    ['protocols that are not there', 'meta l4proto @nowhere accept', {}, 'unclear'],
    ['an account', 'meta skuid 33 accept', {}, 'unclear'],
    ['a time', 'meta hour "08:00"-"18:00" accept', {}, 'unclear'],
    ['a limit', 'limit rate over 10/second burst 5 packets accept', {}, 'unclear'],
    [
      'a string in the packet',
      'tcp dport 443 xt match string counter packets 0 bytes 0 accept',
      {},
      'unclear',
    ],
    ['bits of a mark', 'meta mark & 0xff == 0x1 accept', {}, 'unclear'],
    ['raw bytes', '@th,16,16 0x50 accept', {}, 'unclear'],
    ['every address but some', 'ip daddr != 198.51.100.0/24 accept', {}, 'unclear'],
    ['every address but private ones', 'ip daddr != 10.0.0.0/8 accept', {}, 'allow'],
    ['a set with a limit', 'update @learned { ip saddr limit rate over 1/second } accept', {}, 'unclear'],
    ['a set that is written', 'add @learned { ip saddr timeout 1h } accept', {}, 'allow'],
    ['a mark that is set', 'meta mark set 0x00000001 accept', {}, 'allow'],
    ['translated connections, where there are none', 'ct status dnat accept', {}, 'nothing'],
    ['another destination', 'ip daddr set 10.0.0.1 accept', {}, 'unclear'],
    ['a queue', 'queue num 1', {}, 'unclear'],
    ['a log', 'log prefix "accept" level debug flags tcp sequence,options', {}, 'nothing'],
    ['a size of segments', 'tcp option maxseg size set rt mtu', {}, 'nothing'],
    ['the destination’s kind', 'fib daddr type local accept', {}, 'nothing'],
    ['a chain that is not there', 'jump nowhere', {}, 'unclear'],
  ])('a rule about %s', (_, line, options, meaning) => {
    const { edge, notUnderstood } = read(forward(line), options);
    const [rule] = edge?.rules ?? [];
    expect(rule === undefined ? 'nothing' : rule.unclear ? 'unclear' : 'allow').toBe(meaning);
    expect(notUnderstood.map(({ line: at }) => at)).toEqual(meaning === 'unclear' ? [4] : []);
  });

  it('does not take what packets have put into a set for what is in it', () => {
    const set =
      'set seen { type ipv4_addr; flags dynamic,timeout; timeout 1h; elements = { 203.0.113.1 timeout 1h expires 3m } }';
    const { edge, notUnderstood } = read(
      table(
        set,
        'chain fwd {',
        'type filter hook forward priority 0; policy accept;',
        'ip daddr @seen drop',
        '}',
      ),
    );
    expect(notUnderstood).toMatchObject([{ line: 5 }]);
    expect(edge?.rules).toMatchObject([{ deny: 'any', unclear: 'ip daddr @seen' }]);
  });

  it('does not judge what is led elsewhere, and goes past what changes the source', () => {
    const { edge, notUnderstood } = read(
      `table ip nat {\nchain pre {\ntype nat hook prerouting priority dstnat; policy accept;\ntcp dport 80 redirect to :3128\n}\nchain post {\ntype nat hook postrouting priority srcnat;\noifname "ppp0" masquerade\n}\n}\n${forward('tcp dport { 80, 443 } accept')}`,
    );
    expect(notUnderstood).toMatchObject([{ line: 4 }]);
    expect(judged(edge, '203.0.113.1', 443)).toBe('allow');
    expect(judged(edge, '203.0.113.1', 80)).toBeUndefined();
    expect(judged(edge, '203.0.113.1', 22)).toBe('drop');
  });

  it('does not take what is led elsewhere for closed, whatever is said of where it wanted to', () => {
    const { edge } = read(
      `table ip nat {\nchain pre {\ntype nat hook prerouting priority dstnat;\ntcp dport 80 dnat to 10.0.0.5:3128\n}\n}\n${forward('ip daddr 10.0.0.5 accept')}`,
    );
    expect(judged(edge, '203.0.113.1', 80)).toBeUndefined();
    expect(judged(edge, '203.0.113.1', 443)).toBe('drop');
  });

  it('knows by no interface a connection goes that has not been routed yet', () => {
    const early = (does: string) =>
      `chain pre { type filter hook prerouting priority 0; oifname "ppp0" ${does}; }`;
    const { edge } = read(table(early('drop')) + forward('oifname "ppp0" accept'), { goesBy: 'ppp0' });
    expect(judged(edge, '203.0.113.1', 80)).toBe('allow');
  });

  it('asks of chains of one priority the later one first', () => {
    const chain = (does: string) =>
      `chain c-${does} { type filter hook forward priority 0; tcp dport 80 ${does}; }`;
    const { edge } = read(table(chain('drop'), chain('reject')));
    expect(judged(edge, '203.0.113.1', 80)).toBe('reject');
  });

  it('does not take connections for new that are not tracked', () => {
    const { edge, notUnderstood } = read(
      `table ip raw {\nchain pre {\ntype filter hook prerouting priority raw;\ntcp dport 80 notrack\n}\n}\n${forward('ct state new accept', 'ct state { new, untracked } tcp dport 22 accept')}`,
    );
    expect(notUnderstood).toMatchObject([{ text: 'ct state new accept' }]);
    expect(judged(edge, '203.0.113.1', 80)).toBeUndefined();
    expect(judged(edge, '203.0.113.1', 22)).toBe('allow');
  });

  it('says what a machine stops that begins on it, and leaves one that passes nothing', () => {
    const chain = (name: string, policy: string, rule = '') =>
      `chain ${name} {\ntype filter hook ${name} priority filter; policy ${policy};\n${rule}\n}`;
    const { edge, server, understood } = read(
      table(
        chain('input', 'drop', 'tcp dport 22 accept'),
        chain('forward', 'drop'),
        chain('output', 'accept', 'tcp dport 80 drop'),
      ),
    );
    expect({ edge, server, understood }).toMatchObject({
      edge: undefined,
      server: { default: 'allow', rules: [{ deny: 'any', port: [80], source: { line: 12 } }] },
      understood: 3,
    });
  });

  it('is not endless where chains lead to each other, and gives up in time where ways multiply', () => {
    const circle = forward('jump a', '}', 'chain a { jump b; }', 'chain b {', 'jump a');
    expect(read(circle).notUnderstood).toMatchObject([{ why: 'jumps more than 32 deep' }]);
    const levels = Array.from(
      { length: 30 },
      (_, level) => `chain c${level} { jump c${level + 1}; jump c${level + 1}; }`,
    );
    const doubling = table(
      'chain fwd { type filter hook forward priority 0; policy drop; jump c0; tcp dport 443 accept; }',
      ...levels,
      'chain c30 { tcp dport 80 drop; }',
    );
    const { edge } = read(doubling);
    expect(judged(edge, '203.0.113.1', 443)).toBeUndefined();
  });

  it('is told from others, and says what else is in a file', () => {
    const text = `#!/usr/sbin/nft -f\nflush ruleset\ndefine web = { 80, https }\ninclude "more.nft"\n${forward('tcp dport $web accept')}table ip6 x {\nchain y { type filter hook forward priority 0; }\n}\n`;
    expect(importerOf({ file: 'x.conf', text })).toBe(nftables);
    const { edge, notUnderstood } = read(text);
    const doubt = { unclear: 'include "more.nft"' };
    expect(edge?.rules).toMatchObject([
      { deny: 'any', ...doubt },
      { allow: 'any', ...doubt },
      { allow: 'any', port: [80, 443] },
    ]);
    expect(notUnderstood).toMatchObject([
      { line: 4, text: 'include "more.nft"' },
      { line: 11, text: 'table ip6 x' },
    ]);
  });

  it('says where JSON is none', () => {
    expect(read('{"nftables": [{"table": ')).toMatchObject({
      understood: 0,
      notUnderstood: [{ line: 1, why: /no JSON/ }],
    });
  });
});

it('says of every connection what the kernel’s way through the chains says, or that it is not judged', () => {
  let [certain, doubted, known] = [0, 0, 0];
  fc.assert(
    fc.property(aRuleSet, (drawn) => {
      const [text, json] = [textOf(drawn, 'fw'), jsonOf(drawn)];
      for (const form of [text, json]) {
        const imported = read(form);
        // Without rules it is nobody's firewall.
        if (!imported.edge) continue;
        for (const packet of packets) {
          const possible = outcomes(drawn, packet);
          const said = judged(imported.edge, packet.address, packet.port);
          if (possible.size > 1) doubted++;
          else certain++;
          if (said) known++;
          if (possible.size > 1) expect(said, `${form}\n${JSON.stringify(packet)}`).toBeUndefined();
          else if (said) expect([...possible], `${form}\n${JSON.stringify(packet)}`).toEqual([said]);
        }
      }
    }),
    { seed: 777, numRuns: 400 },
  );
  expect(Math.min(certain, doubted)).toBeGreaterThan(300);
  // Not judging anything would be right, too, and of no use.
  expect(known / certain).toBeGreaterThan(0.8);
});

const nft = (text: string) => spawnSync('nft', ['-c', '-f', '-'], { input: text, encoding: 'utf8' });

it.skipIf(nft('table inet fw {}\n').status !== 0)('is tried with texts that nft itself takes', () => {
  const texts = fc
    .sample(aRuleSet, { seed: 777, numRuns: 100 })
    .map((one, index) => textOf(one, `fw${index}`));
  expect(nft(texts.join('')).stderr).toBe('');
});

it('does not judge what an included file or another line may decide', () => {
  const rules =
    'table ip f {\n chain c {\n type filter hook forward priority 0; policy drop;\n ip daddr != { 10.0.0.0/8, 192.168.0.0/16 } tcp dport 443 accept\n }\n}\n';
  const said = (text: string) => judged(nftables.read({ file: 'a.nft', text }, {}).edge, '203.0.113.7', 443);
  expect(said(`flush ruleset\n${rules}`)).toBe('allow');
  expect(said(`include "/etc/nftables.d/*.nft"\n${rules}`)).toBeUndefined();
  expect(said(`${rules}insert rule ip f c tcp dport 443 drop\n`)).toBeUndefined();
});
