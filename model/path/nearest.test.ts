import { expect, it } from 'vitest';
import { completeSite } from '../site/complete.js';
import type { SiteInput } from '../site/schema.js';
import { internetOf } from './public-host.js';
import { Walker } from './walk.js';

const host = 't.bootstrap.msappproxy.net';
const internet = internetOf([
  { name: host, chain: ['cwap.cloudapp.azure.com'], address: '198.18.67.2', ports: [443] },
]);

/** The nearest rule of each device, on the way of the service. */
function nearest(input: Partial<SiteInput>): string[] {
  const walker = new Walker(completeSite({ site: 'Nearly', ...input }), internet, { nearest: true });
  const flow = { server: 'app-proxy-01', account: 'network-service', stack: 'service' } as const;
  return walker
    .walk({ ...flow, host, port: 443, operation: 'bootstrap' })
    .hops.flatMap(({ device, near }) => (near ? [`${device}: ${near.rule} ${near.why}`] : []));
}

it.each<[string, Partial<SiteInput>, string[]]>([
  [
    'where nothing stops the flow, none',
    { firewall: { rules: [{ allow: '*.msappproxy.net' }, { deny: host }] } },
    [],
  ],
  [
    'where no rule is about the flow, though it comes through',
    { firewall: { default: 'allow', rules: [{ deny: 'msappproxy.net' }] } },
    [`edge-firewall: deny msappproxy.net is about msappproxy.net alone, and ${host} is below it`],
  ],
  [
    'where a rule stops it',
    { firewall: { default: 'allow', rules: [{ deny: '*.msappproxy.net', port: 443 }, { allow: host }] } },
    [`edge-firewall: allow ${host} stands behind rule 1, which decides first`],
  ],
  [
    'a proxy that lets it pass has none',
    {
      proxy: { address: 'proxy.contoso.test:8080', rules: [{ allow: host }, { deny: '*.msappproxi.net' }] },
      firewall: { default: 'allow' },
    },
    [],
  ],
  [
    'both firewalls',
    {
      servers: [
        {
          name: 'app-proxy-01',
          'host-firewall': { default: 'drop', rules: [{ allow: 'any', account: 'local-system' }] },
        },
      ],
      firewall: { rules: [{ allow: 'msappproxy.net' }] },
    },
    [
      'host-firewall: allow any account local-system is about the account local-system, not network-service',
      `edge-firewall: allow msappproxy.net is about msappproxy.net alone, and ${host} is below it`,
    ],
  ],
  [
    'a firewall that reads names does not know aliases',
    {
      firewall: {
        'names-from': 'sni',
        rules: [{ allow: '*.cloudapp.azure.com' }, { allow: '*.msappproxy.net', match: 'one-label' }],
      },
    },
    [`edge-firewall: allow *.msappproxy.net is about one label before msappproxy.net, and ${host} has 2`],
  ],
  [
    'lists of proxy and inspector',
    {
      proxy: { address: 'proxy.contoso.test:8080', rules: [{ allow: '*.msappproxi.net' }], default: 'deny' },
      firewall: { default: 'allow' },
      inspection: { except: ['msappproxy.net'] },
    },
    [
      'proxy: allow *.msappproxi.net is about msappproxi.net, which is not msappproxy.net, but 1 letter away',
      `inspector: except msappproxy.net is about msappproxy.net alone, and ${host} is below it`,
    ],
  ],
  [
    'whom a proxy asks nothing',
    {
      proxy: {
        address: 'proxy.contoso.test:8080',
        authentication: 'basic',
        rules: [{ allow: '*.connector.msappproxy.net' }, { ask: 'any' }],
      },
      firewall: { default: 'allow' },
    },
    [
      `proxy: allow *.connector.msappproxy.net is about names below connector.msappproxy.net, and ${host} is below msappproxy.net`,
    ],
  ],
])('the nearest rule: %s', (_, input, expected) => {
  expect(nearest(input)).toEqual(expected);
});
