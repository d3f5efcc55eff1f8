import { expect, it } from 'vitest';
import { firewallSchema } from '../site/schema.js';
import { decide } from './decide.js';
import { notJudgedBy } from './not-judged.js';

const flow = {
  machine: 's',
  account: 'network-service',
  address: '198.18.64.1',
  host: 'a.test',
  port: 443,
} as const;

it.each([
  [
    'allows a network of the internet',
    [{ allow: '20.33.0.0/16', port: 443 }],
    ['allow 20.33.0.0/16 port 443'],
  ],
  ['allows the smallest one', [{ allow: '20.33.7.0/24' }], ['allow 20.33.7.0/24']],
  ['allows somebody’s server', [{ allow: '20.33.7.9' }, { allow: '20.33.7.0/28' }], []],
  ['allows another port', [{ allow: '20.33.0.0/16', port: 80 }], []],
  ['allows another account', [{ allow: '20.33.0.0/16', account: 'administrator' }], []],
  ['allows a network inside', [{ allow: '10.0.0.0/8' }, { allow: '198.18.64.0/24', port: 80 }], []],
  ['allows a network for documents', [{ allow: '192.0.2.0/24' }], []],
  ['allows it behind the rule that decides', [{ deny: 'a.test' }, { allow: '20.33.0.0/16' }], []],
  [
    'allows half of the internet',
    [{ allow: '128.0.0.0/1' }, { allow: '0.0.0.0/1' }],
    ['allow 128.0.0.0/1', 'allow 0.0.0.0/1'],
  ],
  ['allows a network that has the lab in it', [{ allow: '198.0.0.0/8' }], ['allow 198.0.0.0/8']],
  [
    'allows a range that ends in the lab',
    [{ allow: '198.16.0.0-198.18.100.255' }],
    ['allow 198.16.0.0-198.18.100.255'],
  ],
  ['allows everything', [{ allow: '0.0.0.0/0' }], []],
  [
    'allows private networks to their end',
    [{ allow: '10.0.0.0/8' }, { allow: '172.16.0.0-172.31.255.255' }],
    [],
  ],
  ['allows networks of IPv6', [{ allow: '2603:1000::/24' }], []],
  ['allows a tag of other services', [{ allow: 'Storage' }, { allow: 'ServiceBus.WestEurope' }], []],
  ['allows a tag that has most of the sign-in', [{ allow: 'AzureCloud' }], ['allow AzureCloud']],
  [
    'allows it on a condition that nobody could translate',
    [{ allow: 'any', unclear: '-m time' }],
    ['allow any if -m time'],
  ],
  ['allows another host on such a condition', [{ allow: 'b.test', unclear: '-m time' }], []],
  ['denies it on such a condition, as its default does', [{ deny: 'any', unclear: '-m time' }], []],
  [
    'allows it on such a condition behind the rule that decides',
    [{ deny: 'a.test' }, { allow: 'any', unclear: '-m time' }],
    [],
  ],
  [
    'allows it on such a condition, at a place in a file',
    [{ allow: '*.test', unclear: '-m time', source: { file: 'edge.rules', line: 7 } }],
    ['allow *.test if -m time (edge.rules:7)'],
  ],
  [
    'allows it, and denies it, on conditions, each before the rule that decides',
    [
      { allow: '20.33.0.0/16' },
      { deny: 'b.test' },
      { allow: '*.test', unclear: '-m time' },
      { allow: '20.34.0.0/16', port: 443 },
      { allow: '20.33.0.0/16', port: 443 },
      { deny: 'a.test' },
      { allow: '20.35.0.0/16' },
    ],
    [
      'allow 20.33.0.0/16',
      'allow *.test if -m time',
      'allow 20.34.0.0/16 port 443',
      'allow 20.33.0.0/16 port 443',
    ],
  ],
  ['allows the right tag', [{ allow: 'AzureActiveDirectory' }], []],
  [
    'allows a tag as it was before all lists',
    [{ allow: 'AzureActiveDirectory', 'as-of': '2021-01-01' }],
    ['allow AzureActiveDirectory'],
  ],
  ['denies what would be denied', [{ deny: '20.33.0.0/16' }], []],
  ['denies what would be allowed', [{ deny: '20.33.0.0/16' }, { allow: 'a.test' }], ['deny 20.33.0.0/16']],
] as const)('what a rule means that %s', (_, rules, names) => {
  const policy = firewallSchema.parse({ default: 'drop', rules });
  expect(notJudgedBy(policy, flow, decide(policy, flow))).toEqual(names);
});

it('says of each port and account what may be about it, whatever was asked before', () => {
  const policy = firewallSchema.parse({
    default: 'drop',
    rules: [
      { allow: '20.33.0.0/16', port: 443 },
      { allow: '20.33.0.0/16', port: 80 },
      { deny: '20.33.0.0/16' },
    ],
  });
  const said = (port: number, action: 'drop' | 'allow' = 'drop') =>
    notJudgedBy(policy, { ...flow, port }, { ...decide(policy, { ...flow, port }), action });
  expect(said(443)).toEqual(['allow 20.33.0.0/16 port 443']);
  expect(said(80)).toEqual(['allow 20.33.0.0/16 port 80']);
  expect(said(443, 'allow')).toEqual(['deny 20.33.0.0/16']);
  expect(said(443)).toEqual(['allow 20.33.0.0/16 port 443']);
  // Of an address of the lab that is none nothing is said.
  const nowhere = { ...flow, address: 'nowhere' };
  expect(notJudgedBy(policy, nowhere, { action: 'drop', rule: '', explanation: '' })).toEqual([]);
});

it.each([
  ['a range that has the lab in it by chance', { deny: '192.0.0.0/4' }, ['deny 192.0.0.0/4']],
  ['half of all addresses', { deny: '128.0.0.0/1' }, ['deny 128.0.0.0/1']],
  ['networks elsewhere', { deny: '20.33.0.0/16' }, []],
  ['a condition', { deny: 'any', unclear: '-m time' }, []],
  ['a network of the lab', { allow: '198.18.0.0/16' }, []],
])('of addresses of the site itself, what a rule means that is about %s', (_, rule, names) => {
  const policy = firewallSchema.parse({ default: 'allow', rules: [rule] });
  const inside = { ...flow, host: 'proxy.contoso.test', address: '198.18.2.10' };
  const decision = decide(policy, inside);
  expect(decision.action).toBe('allow');
  expect(notJudgedBy(policy, inside, decision, true)).toEqual(names);
});

it('closes everything with a rule about all addresses, inside too', () => {
  const policy = firewallSchema.parse({ default: 'allow', rules: [{ deny: '0.0.0.0/0' }] });
  const inside = { ...flow, host: 'proxy.contoso.test', address: '198.18.2.10' };
  expect(decide(policy, inside)).toMatchObject({ action: 'drop', index: 0 });
});
