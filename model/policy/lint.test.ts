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
