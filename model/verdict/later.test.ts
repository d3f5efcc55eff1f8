import { expect, it } from 'vitest';
import { documentedSite } from '../site/documented.js';
import { laterOf } from './later.js';
import { RuleSources } from './rule-sources.js';

it('a renewal that fails is felt when the certificate ends, and not before', () => {
  const at = Date.parse('2026-01-01T12:00:00Z');
  const words = laterOf(new Set(['renew']), at);
  expect(words).toMatch(
    /^nothing fails until the connector's certificate ends, 180 days after it registered/,
  );
  expect(words).toContain('one of today: on 2026-06-30)');
});

it('whatever else fails is felt at once', () => {
  expect(laterOf(new Set(['renew', 'listen']), 0)).toBeUndefined();
  expect(laterOf(new Set(['listen']), 0)).toBeUndefined();
  expect(laterOf(new Set(), 0)).toBeUndefined();
});

it('where rules were read is told of each device, by the names that evidence uses, each line once', () => {
  const source = (file: string, line: number) => ({ source: { file, line } });
  const sources = new RuleSources(
    documentedSite({
      firewalls: [
        { name: 'branch', rules: [{ allow: 'any', ...source('branch.rules', 3) }] },
        {
          name: 'cloud',
          rules: [
            { deny: 'a.test', ...source('cloud.rules', 7) },
            { deny: 'b.test', ...source('cloud.rules', 7) },
            { allow: 'any' },
          ],
        },
      ],
      servers: [{ name: 's', 'host-firewall': { rules: [{ deny: 'c.test', ...source('host.rules', 1) }] } }],
      proxy: { address: 'proxy.test:8080', rules: [{ deny: 'd.test', ...source('squid.conf', 9) }] },
    }),
  );
  expect(sources.isEmpty).toBe(false);
  expect(sources.of(['deny d.test (squid.conf:9)', 'deny c.test (host.rules:1)'])).toEqual([
    { file: 'squid.conf', line: 9 },
    { file: 'host.rules', line: 1 },
  ]);
  expect(
    sources.of([
      'cloud: deny a.test (cloud.rules:7)',
      'deny b.test (cloud.rules:7)',
      'branch: allow any (branch.rules:3)',
      'cloud: allow any',
      'nobody’s',
    ]),
  ).toEqual([
    { file: 'cloud.rules', line: 7 },
    { file: 'branch.rules', line: 3 },
  ]);
  expect(new RuleSources(documentedSite()).isEmpty).toBe(true);
});
