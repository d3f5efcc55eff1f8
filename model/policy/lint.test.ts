import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Rule } from '../site/schema.js';
import { decide } from './decide.js';
import { lintRules } from './lint.js';
import { anyFlow, anyPolicy } from './testing.js';

const lint = (...rules: Rule[]) => lintRules({ default: 'drop', rules });

it('calls no rule shadowed that can decide', () => {
  fc.assert(
    fc.property(anyPolicy, fc.array(anyFlow, { minLength: 20, maxLength: 20 }), (policy, flows) => {
      const never = lintRules(policy).filter(({ kind }) => kind === 'shadowed' || kind === 'contradiction');
      for (const flow of flows)
        expect(never.map(({ index }) => index)).not.toContain(decide(policy, flow).index);
    }),
  );
});

it.each<[string, Rule, Partial<ReturnType<typeof lint>[number]>]>([
  [
    'a path',
    { allow: 'www.microsoft.com/pkiops', port: 80 },
    { kind: 'path-as-host', suggestion: 'www.microsoft.com' },
  ],
  [
    'a star inside, where it stands for itself',
    { allow: '*.g.*.windows.net', port: 443, match: 'suffix' },
    { kind: 'inner-wildcard', message: expect.stringContaining('"*.g.*.windows.net"') },
  ],
  ['a pattern as a name', { allow: '*.msauth.net', port: 443, match: 'exact' }, { kind: 'exact-wildcard' }],
  [
    'a name without the dot before it',
    { allow: 'msappproxy.net', port: 443, match: 'ends-with' },
    {
      kind: 'no-label-boundary',
      suggestion: '*.msappproxy.net',
      message: expect.stringContaining('evilmsappproxy.net'),
    },
  ],
  ['a name as an address', { allow: 'x.test', port: 443, match: 'address' }, { kind: 'not-an-address' }],
  [
    'an unknown tag',
    { allow: 'AzurCloud', port: 443, match: 'service-tag' },
    { kind: 'unknown-service-tag', suggestion: 'AzureCloud' },
  ],
  [
    'an old tag',
    { allow: 'AzureCloud', port: 443, 'as-of': '2023-07-31' },
    { kind: 'old-service-tag', suggestion: '2023-08-07' },
  ],
  [
    'a tag of a day of which there is no list',
    { allow: 'AzureCloud', port: 443, 'as-of': '2025-01-06' },
    { message: expect.stringContaining('no list of 2025-01-06 is at hand') },
  ],
  [
    'a tag in a list that lacks a part of today',
    {
      ...{ allow: 'ServiceBus', port: 443, match: 'service-tag', 'as-of': '2025-07-01' },
      means: { ranges: [], unknown: [], shares: { ServiceBus: 0.528 }, list: 'the list of 2025-07-01' },
    },
    { message: 'ServiceBus in the list of 2025-07-01 lacks 47.2 % of ServiceBus' },
  ],
])('finds %s', (_, rule, finding) => {
  expect(lint(rule)).toEqual([expect.objectContaining({ index: 0, ...finding })]);
});

it('finds rules behind a wider one, and says which', () => {
  const findings = lint(
    { deny: '*.Windows.net', port: 'any' },
    { allow: 'a.servicebus.windows.net', port: 443 },
    { allow: '*.windows.net', port: 443 },
    { allow: '198.18.64.0/18', port: 443 },
    { allow: '198.18.66.1-198.18.66.9', port: 443 },
    { allow: '198.18.66.1', port: 80 },
  );
  expect(findings.map(({ index, kind }) => [index, kind])).toEqual([
    [1, 'shadowed'],
    [2, 'contradiction'],
    [4, 'shadowed'],
  ]);
  expect(findings[0]?.message).toContain('rule 1, "deny *.Windows.net"');
});

it('has nothing to say about rules as the page documents them', () => {
  expect(
    lint(
      { allow: '*.msappproxy.net', port: 443 },
      { allow: 'crl3.digicert.com', port: 80 },
      { allow: 'AzureCloud', port: 443 },
    ),
  ).toEqual([]);
});

it('does not call a rule shadowed by a narrower one', () => {
  const narrow: Rule[] = [
    { deny: 'x.test', port: 443 },
    { deny: '*.x.test', port: 443, match: 'one-label' },
    { deny: '*.x.test', port: 80 },
    { deny: '*.x.test', port: 443, from: 'proxy' },
    { deny: '198.18.66.0/24', port: 443 },
  ];
  expect(lint(...narrow, { allow: '*.x.test', port: 443 }, { allow: '198.18.66.0/23', port: 443 })).toEqual(
    [],
  );
});

it.each<[string, Rule, Rule]>([
  ['everything', { deny: 'any', port: 'any' }, { allow: 'AzureCloud', port: 443 }],
  [
    'the account',
    { deny: '*.x.test', port: 443, account: 'local-system' },
    { allow: 'a.x.test', port: 443, account: 'local-system' },
  ],
  ['any account', { deny: '*.x.test', port: 443 }, { allow: 'a.x.test', port: 443, account: 'local-system' }],
  [
    'more machines',
    { deny: '*.x.test', port: 443, from: ['proxy', 'app-proxy-01'] },
    { allow: 'a.x.test', port: 443, from: 'proxy' },
  ],
  ['any machine', { deny: '*.x.test', port: 443 }, { allow: 'a.x.test', port: 443, from: 'proxy' }],
  ['more ports', { deny: '*.x.test', port: '80, 443-444' }, { allow: 'a.x.test', port: [443, 80] }],
  [
    'the other protocol, as the rule itself',
    { deny: '*.x.test', port: 443, protocol: 'udp' },
    { allow: 'a.x.test', port: 443, protocol: 'udp' },
  ],
  [
    'the same tag of the same day',
    { allow: 'AzureCloud', port: 443, 'as-of': '2023-08-07' },
    { allow: 'AzureCloud', port: 443, 'as-of': '2023-08-07' },
  ],
  ['a tag that has the address', { deny: 'AzureCloud', port: 443 }, { allow: '198.18.70.4', port: 443 }],
])('a rule behind one about %s can never match', (_, before, rule) => {
  const findings = lint(before, rule).filter(({ index }) => index === 1);
  expect(findings).toEqual([expect.objectContaining({ kind: 'shadowed', before: 0 })]);
});

it.each<[string, Rule, Rule]>([
  [
    'another account',
    { deny: '*.x.test', port: 443, account: 'local-system' },
    { allow: 'a.x.test', port: 443, account: 'network-service' },
  ],
  [
    'one account alone',
    { deny: '*.x.test', port: 443, account: 'local-system' },
    { allow: 'a.x.test', port: 443 },
  ],
  [
    'one of its machines',
    { deny: '*.x.test', port: 443, from: 'proxy' },
    { allow: 'a.x.test', port: 443, from: ['proxy', 'app-proxy-01'] },
  ],
  ['one machine alone', { deny: '*.x.test', port: 443, from: 'proxy' }, { allow: 'a.x.test', port: 443 }],
  ['one of its ports', { deny: '*.x.test', port: [80, 443] }, { allow: 'a.x.test', port: '443, 8080' }],
  ['some ports alone', { deny: '*.x.test', port: 443 }, { allow: 'a.x.test', port: 'any' }],
  ['UDP', { deny: '*.x.test', port: 443, protocol: 'udp' }, { allow: 'a.x.test', port: 443 }],
  ['TCP', { deny: '*.x.test', port: 443 }, { allow: 'a.x.test', port: 443, protocol: 'udp' }],
  [
    'the tag of another day',
    { deny: 'AzureCloud', port: 443, 'as-of': '2023-08-01' },
    { allow: 'AzureCloud', port: 443, 'as-of': '2023-08-07' },
  ],
  ['some of its addresses', { deny: '198.18.70.0/24', port: 443 }, { allow: 'AzureCloud', port: 443 }],
  [
    'addresses, and it is about names',
    { deny: '198.18.0.0/15', port: 443 },
    { allow: 'a.x.test', port: 443 },
  ],
  [
    'something that nobody knows whether it is met',
    { deny: '*.x.test', port: 443, unclear: 'time-of-day' },
    { allow: 'a.x.test', port: 443 },
  ],
])('a rule behind one about %s can match', (_, before, rule) => {
  expect(lint(before, rule).filter(({ index, kind }) => index === 1 && kind === 'shadowed')).toEqual([]);
});

it('finds among many rules, too, the one that always decides first', () => {
  const many = Array.from({ length: 30 }, (_, index): Rule[] => [
    { allow: `f${index}.y.test`, port: 443 },
    { allow: `10.1.${index}.0/24`, port: 443 },
  ]).flat();
  const findings = lint(
    { deny: '*.x.test', port: 443 },
    { deny: '198.18.64.0/18', port: 443 },
    ...many,
    { allow: 'a.x.test', port: 443 },
    { allow: '198.18.66.1-198.18.67.9', port: 443 },
    { allow: '10.1.3.7', port: 443 },
  );
  expect(findings.map(({ index, before }) => [index, before])).toEqual([
    [62, 0],
    [63, 1],
    [64, 9],
  ]);
});
