import type { Side } from './iptables-saves.js';

/** Sets that rules name. */
export const sets = [
  '  set cloud { type ipv4_addr; flags interval; elements = { 203.0.113.0-203.0.113.99, 198.51.100.0/24 } }',
  '  set hosts { type ipv4_addr; elements = { 203.0.113.7, 192.0.2.1 comment "one, two" } }',
  '  set counted { type ipv4_addr; counter; elements = { 198.51.100.9, 100.20.30.40 } }',
  '  set gone { type ipv4_addr; timeout 1h; elements = { 203.0.113.7 timeout 30m } }',
  '  set none { type ipv4_addr; }',
  '  set none-too { type inet_service; }',
  '  set web { type inet_service; elements = { 80, 443 } }',
  '  set most { type inet_service; flags interval; auto-merge; elements = { 1-442, 400-1000 } }',
  '  set pairs { type ipv4_addr . inet_service; flags interval; elements = { 203.0.113.0/24 . 443, 192.0.2.1 . 1-100 } }',
  '  set seen { type ipv4_addr; size 65535; flags dynamic,timeout; timeout 1m; }',
];

const nat = (chain: string, hook: string, ...rules: string[]) =>
  [
    `table ip nat {`,
    `  chain ${chain} {`,
    `    type nat ${hook}`,
    ...rules.map((rule) => `    ${rule}`),
    '  }',
    '}',
  ].join('\n');
const filter = (table: string, head: string, ...rules: string[]) =>
  [
    `table ${table} {`,
    '  chain one {',
    `    type filter ${head}`,
    ...rules.map((rule) => `    ${rule}`),
    '  }',
    '}',
  ].join('\n');

/** Whole tables beside the others. */
export const otherTables: Readonly<Record<Side, readonly string[]>> = {
  edge: [
    nat('pre', 'hook prerouting priority dstnat; policy accept;', 'tcp dport 80 redirect to :3128'),
    nat('pre', 'hook prerouting priority -100;', 'ip daddr 203.0.113.7 tcp dport 443 dnat to 192.0.2.1:8080'),
    nat(
      'pre',
      'hook prerouting priority -100;',
      'tcp dport { 80, 443 } dnat to ip daddr map { 203.0.113.7 : 192.0.2.1 }',
    ),
    nat('post', 'hook postrouting priority srcnat;', 'oifname "wan0" masquerade'),
    filter(
      'inet late',
      'hook forward priority security; policy accept;',
      'ip daddr 192.0.2.1 drop',
      'tcp dport 22 reject',
    ),
    filter(
      'inet late',
      'hook forward priority 200; policy drop;',
      'ct state new tcp dport 443 accept',
      'ct state established accept',
    ),
    filter(
      'ip raw',
      'hook prerouting priority raw; policy accept;',
      'tcp dport 22 notrack',
      'ip daddr 198.51.100.9 drop',
    ),
    filter(
      'inet late',
      'hook postrouting priority 300; policy accept;',
      'oifname "wan0" ip daddr 198.51.100.0/24 drop',
    ),
    filter('inet late', 'hook input priority 0; policy drop;', 'tcp dport 22 accept'),
    filter(
      'inet late',
      'hook prerouting priority dstnat - 1; policy accept;',
      'fib daddr . iif type local drop',
      'ip daddr 192.0.2.1 reject with tcp reset',
    ),
  ],
  server: [
    nat('out', 'hook output priority -100; policy accept;', 'tcp dport 80 redirect to :3128'),
    nat('out', 'hook output priority -101;', 'ip daddr 203.0.113.7 tcp dport 443 dnat to 192.0.2.1:8080'),
    nat('post', 'hook postrouting priority srcnat;', 'oifname "eth0" masquerade'),
    filter(
      'inet late',
      'hook output priority security; policy accept;',
      'ip daddr 192.0.2.1 drop',
      'tcp dport 22 reject',
    ),
    filter(
      'ip raw',
      'hook output priority raw; policy accept;',
      'tcp dport 22 notrack',
      'ip daddr 198.51.100.9 drop',
    ),
    filter(
      'inet late',
      'hook postrouting priority mangle; policy drop;',
      'tcp dport 443 accept',
      'oifname "lo" accept',
    ),
    filter('ip raw', 'hook prerouting priority raw; policy accept;', 'ip saddr 192.0.2.1 drop'),
    'table ip late {\n  chain one {\n    type route hook output priority mangle; policy accept;\n    tcp dport 1433 drop\n  }\n}',
  ],
};
