import { expect, it } from 'vitest';
import { completeSite } from './complete.js';

const servers = [{ name: 'one' }, { name: 'two' }];
const proxy = { address: 'proxy.test:8080' };

it.each([
  ['two', 'two'],
  ['198.18.1.11', 'two'],
  ['198.18.1.0/24', ['one', 'two']],
  ['198.18.1.0/255.255.255.0', ['one', 'two']],
  ['198.18.1.11-198.18.2.10', ['two', 'proxy']],
  [['198.18.1.0/31', 'proxy'], 'proxy'],
  ['0.0.0.0/0', ['one', 'two', 'proxy']],
  ['10.0.0.0/8', '10.0.0.0/8'],
])('a rule from %j is about %j', (from, meant) => {
  const site = completeSite({ site: 'x', servers, proxy, firewall: { rules: [{ allow: 'any', from }] } });
  expect(site.firewall.rules).toEqual([{ allow: 'any', port: 'any', from: meant }]);
});

it('documented rows are from there, too', () => {
  const rules = [{ allow: 'documented', from: '198.18.1.0/24', port: 80 }];
  const [first] = completeSite({ site: 'x', servers, firewall: { rules } }).firewall.rules;
  expect(first).toMatchObject({ from: ['one', 'two'], port: 80 });
  expect(first?.name).toMatch(/ port 80 from one,two \(documented\)$/);
});

it('zones are networks, however they are written', () => {
  const zones = { 'contoso.test': '198.18.140.0/255.255.255.0' };
  expect(completeSite({ site: 'x', resolver: { zones } }).resolver.zones).toEqual({
    'contoso.test': '198.18.140.0/24',
  });
});
