import { expect, it } from 'vitest';
import { documentedSite } from '../../model/site/documented.js';
import { checkSample } from '../../model/verdict/sample/check.js';
import { rulesToLookAt } from './rules-to-look-at.js';

const { check } = checkSample().results;

it('rules to look at are each told once: as nearly right, else by the hint, else as never used', () => {
  if (!check) throw new Error('the sample is no check');
  const site = documentedSite({
    firewall: {
      rules: [
        { allow: 'login.microsoft.com/common', port: 443 },
        { allow: '*.msappproxi.net', port: 443 },
        { allow: '*.supplier.test', port: 443 },
        { allow: 'other.test', port: 443 },
      ],
    },
    proxy: {
      address: 'proxy.contoso.test:8080',
      rules: [{ allow: ['*', 'http://crl3.digicert.com/', 'http://crl4.digicert.com/'] }],
      default: 'deny',
    },
  });
  const unused = [
    ...check.unused,
    { device: 'edge-firewall' as const, rule: 'allow login.microsoft.com/common port 443' },
    { device: 'proxy' as const, rule: 'allow http://crl4.digicert.com/', near: 'is about a path' },
    { device: 'host-firewall' as const, server: 's', rule: 'allow other.test port 443' },
  ];
  const told = rulesToLookAt({ check: { ...check, unused }, sites: { k: site } });
  for (const name of [
    'login.microsoft.com/common',
    '*.msappproxi.net',
    '*.supplier.test',
    'other.test',
    'http://crl4',
  ])
    expect(
      told.filter((line) => line.includes(name)),
      name,
    ).toHaveLength(1);
  expect(told.at(-1)).toBe(
    '2 are never used by a connector: "allow *.supplier.test port 443", "allow other.test port 443"',
  );
  expect(rulesToLookAt({ sites: { k: site } })).toEqual([]);
});
