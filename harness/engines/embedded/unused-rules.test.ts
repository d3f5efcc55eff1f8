import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cloudZone } from '../../../mocks/cloud/hosts.js';
import { internetOf } from '../../../model/path/public-host.js';
import { unusedRules } from '../../../model/repair/unused-rules.js';
import { completeSite } from '../../../model/site/complete.js';
import { documentedFirewall } from '../../../model/site/documented-firewall.js';
import { readSite } from '../../../model/site/read.js';
import type { Site, SiteInput } from '../../../model/site/schema.js';

const folder = fileURLToPath(new URL('../../../scenarios/sites/', import.meta.url));
const unusedIn = (site: Site) => unusedRules(site, internetOf(cloudZone(site)));
const { rules: documented } = documentedFirewall('public');

describe('rules that no connection of a connector meets', () => {
  it.each<[string, Partial<SiteInput>, ReturnType<typeof unusedIn>]>([
    [
      'has a slip in its name',
      { firewall: { rules: [{ allow: '*.msappproxi.net', port: 443 }, ...documented] } },
      [
        {
          device: 'edge-firewall',
          rule: 'allow *.msappproxi.net port 443',
          near: 'is about msappproxi.net, which is not msappproxy.net, but 1 letter away (documented: *.msappproxy.net port 443)',
        },
      ],
    ],
    [
      'stands behind the one that decides, and has its name',
      { firewall: { rules: [...documented, { allow: 'crl3.digicert.com', port: 80 }] } },
      [
        {
          device: 'edge-firewall',
          rule: 'allow crl3.digicert.com port 80',
          near: `stands behind rule ${position('crl3.digicert.com')}, which decides first (documented: crl3.digicert.com port 80)`,
        },
      ],
    ],
    [
      'is about an account that does not ask',
      {
        servers: [
          {
            name: 'one',
            'host-firewall': { rules: [{ allow: '*.msappproxy.net', account: 'network-service' }] },
          },
          {
            name: 'two',
            services: { connector: 'local-system' },
            'host-firewall': { rules: [{ allow: '*.msappproxy.net', account: 'network-service' }] },
          },
        ],
      },
      [
        {
          device: 'host-firewall',
          rule: 'allow *.msappproxy.net account network-service',
          server: 'two',
          near: 'is about the account network-service, not administrator (documented: *.msappproxy.net port 443)',
        },
      ],
    ],
    [
      'is about traffic of others',
      { firewall: { rules: [{ allow: '*.supplier.test', port: 443 }, ...documented] } },
      [{ device: 'edge-firewall', rule: 'allow *.supplier.test port 443' }],
    ],
    [
      'closes all but what is documented, as it is meant to',
      {
        proxy: {
          address: 'proxy.contoso.test:8080',
          rules: [{ deny: 'any', port: '1-79,81-442,444-65535' }],
        },
      },
      [{ device: 'proxy', rule: 'deny any port 1-79,81-442,444-65535' }],
    ],
    [
      'stands twice in a list, is denied before, or exempts what nobody inspects',
      {
        proxy: {
          address: 'proxy.contoso.test:8080',
          rules: [{ deny: 'login.windows.net' }, { allow: ['*', 'login.windows.net'] }],
          default: 'deny',
          authentication: 'basic',
        },
        inspection: { 'trusted-by-server': true, except: ['*', '*', 'msappproxy.net', 'crl3.digicert.com'] },
        resolver: { faults: [{ name: 'msappproxy.net', answer: 'nxdomain' }] },
      },
      [
        {
          device: 'resolver',
          rule: 'nxdomain msappproxy.net',
          near: expect.stringContaining('is about msappproxy.net alone, and '),
        },
        {
          device: 'proxy',
          rule: 'allow login.windows.net (2 of 2)',
          near: expect.stringMatching(
            /^stands behind ".+", which decides first \(documented: login.windows.net/,
          ),
        },
        { device: 'inspector', rule: 'except *', near: expect.stringContaining('stands behind "except *"') },
        {
          device: 'inspector',
          rule: 'except msappproxy.net',
          near: expect.stringContaining('is about msappproxy.net alone'),
        },
        { device: 'inspector', rule: 'except crl3.digicert.com' },
      ],
    ],
    [
      'lets the same account go everywhere twice, or an account that asks for little: told once, or not at all',
      {
        firewall: {
          default: 'drop',
          rules: [
            { allow: 'documented', account: 'network-service' },
            { allow: 'documented' },
            { allow: 'documented', account: 'administrator' },
          ],
        },
      },
      [
        {
          device: 'edge-firewall',
          rule: expect.stringMatching(/ account administrator \(documented\)$/),
          near: expect.stringContaining('stands behind rule 2, which decides first'),
        },
      ],
    ],
  ])('%s', (_, input, expected) => {
    expect(unusedIn(completeSite({ site: 'Rules of many years', ...input }))).toEqual(expected);
  });

  it('are none where the lab cannot know', () => {
    const rules = [
      { allow: '20.36.0.0/16', port: 443 },
      { allow: 'dc.contoso.test', port: [53, 88] },
      ...documented,
      { deny: 'any' },
    ];
    expect(unusedIn(completeSite({ site: 'Of addresses and a domain', firewall: { rules } }))).toEqual([]);
  });

  it.each([
    ['documented.yaml', 0],
    ['contoso-headquarters.yaml', 0],
    ['p03-proxy-one-stack.yaml', 8],
  ])('are in %s those of a proxy that is not used: %d', async (file, count) => {
    const found = unusedIn(await readSite(`${folder}${file}`));
    expect(found).toHaveLength(count);
    for (const { near } of found) expect(near).toMatch(/^is about what comes from proxy/);
  });
});

function position(host: string): number {
  return documented.findIndex(({ allow }) => allow === host) + 1;
}
