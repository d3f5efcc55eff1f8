import { expect, it } from 'vitest';
import { completeSite } from '../site/complete.js';
import type { SiteInput } from '../site/schema.js';
import { decide } from './decide.js';
import { flowTo } from './testing.js';

type Rules = NonNullable<NonNullable<SiteInput['firewall']>['rules']>;
const firewallOf = (...rules: Rules) => completeSite({ site: 'x', firewall: { rules } }).firewall;

it('a rule about several destinations is a rule about each, in its place', () => {
  const { rules } = firewallOf(
    { deny: 'z.test', port: 80 },
    { allow: ['a.test', '*.b.test', { host: '*.c.test', match: 'one-label' }, '198.18.66.0/24'], port: 443 },
    { name: 'two', reset: ['d.test', '.e.test'], account: 'local-system' },
    { allow: ['f.test'] },
  );
  expect(rules).toEqual([
    { deny: 'z.test', port: 80 },
    { allow: 'a.test', port: 443, name: 'allow a.test port 443 (1 of 4)' },
    { allow: '*.b.test', port: 443, name: 'allow *.b.test port 443 (2 of 4)' },
    { allow: '*.c.test', match: 'one-label', port: 443, name: 'allow *.c.test port 443 (3 of 4)' },
    { allow: '198.18.66.0/24', port: 443, name: 'allow 198.18.66.0/24 port 443 (4 of 4)' },
    { reset: 'd.test', port: 'any', account: 'local-system', name: 'two: d.test (1 of 2)' },
    { reset: '.e.test', port: 'any', account: 'local-system', name: 'two: .e.test (2 of 2)' },
    { allow: 'f.test', port: 'any' },
  ]);
});

it('each destination is compared by its own kind, or by that of the rule', () => {
  const firewall = firewallOf({
    allow: ['b.test', { host: '*.c.test', match: 'suffix' }, '*.d.test'],
    match: 'one-label',
  });
  const action = (host: string) => decide(firewall, flowTo(host, '198.18.66.1')).action;
  expect(['b.test', 'a.c.test', 'a.a.c.test', 'a.d.test'].map(action)).toEqual(Array(4).fill('allow'));
  expect(['a.b.test', 'c.test', 'a.a.d.test'].map(action)).toEqual(Array(3).fill('drop'));
});

it('is told of by the number that it has in the file', () => {
  const firewall = firewallOf({ allow: ['a.test', 'documented'], port: 443 }, { deny: 'b.test' });
  expect(firewall.rules.length).toBeGreaterThan(10);
  expect(decide(firewall, flowTo('b.test', '198.18.66.1')).explanation).toMatch(/^rule 2 fits /);
  expect(decide(firewall, flowTo('c.test', '198.18.66.1')).explanation).toMatch(/^none of 2 rules fits /);
});
