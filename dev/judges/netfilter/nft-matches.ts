import fc from 'fast-check';
import { oftenOf } from './drawn.js';
import type { Side } from './iptables-saves.js';

/** What rules of nft ask of a packet. */

export const one = (values: readonly string[]) => fc.constantFrom(...values);
const asks = (selector: string, values: fc.Arbitrary<string>) =>
  fc.tuple(one(['', '', '', '!= ']), values).map(([not, value]) => `${selector} ${not}${value}`);

const destinations = one([
  ...['203.0.113.0/24', '203.0.113.7', '198.51.100.8/30', '10.0.0.0/8', '203.0.113.1-203.0.113.9', '@cloud'],
  ...[
    '{ 203.0.113.7, 192.0.2.1 }',
    '{ 203.0.113.128/25, 198.51.100.0-198.51.100.20, 100.20.30.40 }',
    '@hosts',
  ],
  ...['{ 192.0.2.1 comment "; drop", 198.51.100.9 }', '192.0.0.0/3', '@none', '@counted', '@gone'],
]);
const sources = one([
  '10.1.2.3',
  '10.1.0.0/16',
  '10.2.0.0/16',
  '{ 10.1.2.0/24, 10.9.0.1 }',
  '10.1.2.1-10.1.2.9',
  '0.0.0.0/0',
]);
const ports = one([
  ...[
    '443',
    '80',
    '22',
    '1-1024',
    '{ 80, 443 }',
    '{ 22, 400-500, 8000-9000 }',
    '@web',
    'https',
    '{ http, 1433 }',
  ],
  ...['@none-too', '0-65535', '80-80', '{ 443 }', '@most'],
]);
const states = oftenOf(
  [
    'new',
    'established,related',
    '{ established, related }',
    'invalid',
    '{ new, established }',
    'new,established',
  ],
  ['untracked', 'invalid,untracked', 'new,untracked', '{ new }'],
);

/** Without interfaces. */
export const parts: Readonly<Record<string, fc.Arbitrary<string>>> = {
  to: asks('ip daddr', destinations),
  toToo: asks('ip daddr', destinations),
  from: asks('ip saddr', sources),
  port: asks('tcp dport', ports),
  portToo: asks('tcp dport', ports),
  above: one([
    'tcp dport > 443',
    'tcp dport >= 443',
    'tcp dport < 443',
    'tcp dport <= 80',
    'th dport 443',
    'th dport { 80, 8080 }',
  ]),
  ownPort: asks(
    'tcp sport',
    one(['1024-65535', '49152-65535', '0-1023', '443', '{ 1024-65535 }', '1-65535']),
  ),
  state: asks('ct state', states),
  protocol: one([
    ...[
      'meta l4proto tcp',
      'meta l4proto { tcp, udp }',
      'meta l4proto != udp',
      'ip protocol tcp',
      'ip protocol != { icmp, udp }',
    ],
    ...[
      'meta l4proto udp',
      'udp dport 443',
      'icmp type echo-request',
      'ip protocol 6',
      'meta l4proto 6',
      'meta l4proto != tcp',
    ],
  ]),
  pair: one([
    ...[
      'ip daddr . tcp dport { 203.0.113.7 . 443, 192.0.2.1 . 80 }',
      'ip daddr . tcp dport { 203.0.113.0/24 . 1-1024, 198.51.100.9 . 8080 }',
    ],
    ...[
      'ip daddr . tcp dport @pairs',
      'ip daddr . tcp dport != { 203.0.113.7 . 443 }',
      'ip saddr . tcp dport { 10.1.2.3 . 443 }',
    ],
    ...[
      'ip daddr . meta l4proto . th dport { 203.0.113.7 . tcp . 443, 192.0.2.1 . udp . 80 }',
      'ip daddr . tcp dport != @pairs',
    ],
    'meta l4proto . th dport { tcp . 22, udp . 443 }',
  ]),
  flags: one([
    ...[
      'tcp flags syn',
      'tcp flags != syn',
      'tcp flags & (fin | syn | rst | ack) == syn',
      'tcp flags & (syn | ack) == ack',
    ],
    ...[
      'tcp flags & syn != 0',
      'tcp flags & syn == 0',
      'tcp flags syn / fin,syn,rst,ack',
      'tcp flags & (fin | syn) == fin | syn',
    ],
    ...[
      'tcp flags syn,ack',
      'tcp flags ! syn',
      'tcp flags { syn, ack }',
      'tcp flags & (syn | rst) == syn | rst',
      'tcp flags & (syn|rst) != 0',
    ],
    ...['tcp flags != syn / syn,ack', 'tcp flags & rst == rst', 'tcp flags & (fin | syn | rst | ack) != syn'],
  ]),
  kind: one([
    ...[
      'fib daddr type unicast',
      'fib daddr type local',
      'fib daddr type != local',
      'fib daddr type { local, broadcast }',
    ],
    ...[
      'meta nfproto ipv4',
      'meta protocol ip',
      'ip version 4',
      'fib saddr type local',
      'meta nfproto != ipv4',
      'ip version != 4',
    ],
  ]),
  words: one([
    'counter',
    'log prefix "x { drop; "',
    'counter packets 5 bytes 300',
    'log level debug',
    'log flags all',
    'log group 5 snaplen 64',
  ]),
  does: one([
    ...[
      'meta mark set 0x0',
      'ct mark set 0x1',
      'add @seen { ip daddr }',
      'update @seen { ip saddr timeout 10s }',
      'ct mark set meta mark',
    ],
    ...['ip dscp set cs1', 'meta priority set 1:1', 'meta mark set meta mark | 0x0', 'meta mark set ct mark'],
  ]),
  hidden: one([
    ...[
      'meta mark 0',
      'meta mark & 0x1 == 0x0',
      'ip ttl > 10',
      'ip length < 100',
      'limit rate 1/minute burst 1 packets',
      'ip dscp cs0',
    ],
    ...[
      'meta pkttype host',
      'numgen inc mod 2 0',
      'ct direction original',
      'ct direction reply',
      'ct original ip daddr 203.0.113.7',
    ],
    ...[
      'ct count over 1000',
      'quota over 100 mbytes',
      'ct mark 0x0',
      '@th,16,16 443',
      'meta length 60',
      'ip frag-off & 0x1fff != 0',
    ],
    ...[
      'meta skuid 0',
      'meta skuid != 0',
      'ct status dnat',
      'ct status != dnat',
      'limit rate over 1000/second',
      'meta cpu 0',
      'ip id 0',
    ],
    ...['add @seen { ip daddr limit rate over 1000/second }', 'ct expiration > 1h', 'ct helper "ftp"'],
    ...[
      'tcp option maxseg size 1460',
      'tcp option maxseg exists',
      'tcp window > 0',
      'tcp sequence 0',
      'tcp doff 10',
      'ip hdrlength 5',
      'ct id 0',
    ],
    ...['meta iiftype ether', 'ct bytes > 1000000', 'ct packets 0', 'ct zone 0', 'meta random > 2147483647'],
    ...[
      'ct status confirmed',
      'ct status != seen-reply',
      'socket transparent 0',
      'rt tcpmss > 1',
      'meta day { "Monday", "Sunday" }',
      'ct label 1',
    ],
  ]),
};
export const interfaces: Readonly<Record<Side, Readonly<Record<string, fc.Arbitrary<string>>>>> = {
  edge: {
    comesBy: asks('iifname', one(['"lan0"', '"lan*"', '{ "lan0", "wan0" }', '"eth1"', '"lo"', '"wan0"'])),
    goesBy: asks(
      'oifname',
      one(['"wan0"', '"wan*"', '{ "lo", "eth1" }', '"eth1"', '"lan0"', '{ "w*", "eth1" }']),
    ),
    index: one([
      'iif lan0',
      'oif wan0',
      'iif != lo',
      'oif lo',
      'iif "wan0"',
      'iifname . oifname { "lan0" . "wan0" }',
    ]),
  },
  server: {
    goesBy: asks('oifname', one(['"eth0"', '"eth*"', '"lo"', '"wan0"', '{ "lo", "eth0" }'])),
    index: one(['oif eth0', 'oif lo', 'oif != lo']),
  },
};
