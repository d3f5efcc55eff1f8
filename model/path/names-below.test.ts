import { expect, it } from 'vitest';
import { hostsAskedOf } from '../requirements/documented-hosts.js';
import { completeSite } from '../site/complete.js';
import type { SiteInput } from '../site/schema.js';
import { askedWays } from './asked-ways.js';
import { namesBelow, samplesOf } from './names-below.js';
import { internetOf, type PublicHost } from './public-host.js';

const host = (name: string, address: string, more: Partial<PublicHost> = {}): PublicHost => ({
  ...{ name, chain: [], address, ports: [443] },
  ...more,
});
const relays = [
  host('a.servicebus.windows.net', '198.18.64.1', { chain: ['one.cloudapp.azure.com'] }),
  // In the same network, and below the same domain: nothing that a device could tell from the first.
  host('b.servicebus.windows.net', '198.18.64.2', { chain: ['two.cloudapp.azure.com'] }),
  host('c.servicebus.windows.net', '198.18.65.1', { chain: ['three.cloudapp.azure.com'] }),
  host('d.servicebus.windows.net', '198.18.64.3', { chain: ['four.cloudapp.net'] }),
];
const internet = internetOf([
  ...relays,
  host('e.servicebus.windows.net', '198.18.64.4', { service: 'edge' }),
  host('f.servicebus.windows.net', '198.18.64.5', { ports: [80] }),
  host('login.windows.net', '198.18.64.6'),
]);
const rows = hostsAskedOf(completeSite({ site: 'Rows' }));
const row = (rule: string) => {
  const found = rows.find((one) => one.rule === rule);
  if (!found) throw new Error(`the page has no ${rule}`);
  return found;
};
const below = (samples: string[]) => namesBelow(row('*.servicebus.windows.net'), samples, internet);
const samples = (input: Partial<SiteInput>) => samplesOf(completeSite({ site: 'Samples', ...input }));

it('an exact row stands for the host that has its name', () => {
  expect(namesBelow(row('login.windows.net'), [], internet)).toEqual([
    host('login.windows.net', '198.18.64.6'),
  ]);
  expect(namesBelow(row('management.azure.com'), [], internet)).toEqual([]);
});

it('a suffix stands for the hosts below it that connectors ask, and for new names at three depths', () => {
  const found = below([]);
  expect(found.slice(0, 4)).toEqual(relays);
  const made = found.slice(4);
  expect([...new Set(made.map(({ name }) => name))]).toEqual([
    'q7zz.servicebus.windows.net',
    'q7zz.k3vv.servicebus.windows.net',
    'q7zz.k3vv.w9xx.servicebus.windows.net',
  ]);
  // Each at every place that a device could tell from the others.
  expect(made.filter(({ name }) => name === 'q7zz.servicebus.windows.net')).toEqual([
    host('q7zz.servicebus.windows.net', '198.18.64.1', { chain: ['one.cloudapp.azure.com'] }),
    host('q7zz.servicebus.windows.net', '198.18.65.1', { chain: ['three.cloudapp.azure.com'] }),
    host('q7zz.servicebus.windows.net', '198.18.64.3', { chain: ['four.cloudapp.net'] }),
  ]);
});

it('samples of what a site has lists of are names below a suffix too, where they are below it and new', () => {
  const names = below(['x.servicebus.windows.net', 'a.servicebus.windows.net', 'x.windows.net']).map(
    ({ name }) => name,
  );
  expect(names).toContain('x.servicebus.windows.net');
  expect(names).not.toContain('x.windows.net');
  expect(names.filter((name) => name === 'a.servicebus.windows.net')).toHaveLength(1);
});

it.each<[string, Partial<SiteInput>, string]>([
  ['a rule of the edge', { firewall: { rules: [{ deny: 'Edge.test' }] } }, 'edge.test'],
  [
    'a rule of a server',
    { servers: [{ name: 'app-proxy-01', 'host-firewall': { rules: [{ deny: 'own.test' }] } }] },
    'own.test',
  ],
  ['a list of the inspector', { inspection: { except: ['spared.test'] } }, 'spared.test'],
  [
    'a rule of a proxy',
    { proxy: { address: 'proxy.test:8080', rules: [{ deny: 'refused.test' }] } },
    'refused.test',
  ],
])('names are sampled that %s can tell apart', (_, input, name) => {
  expect(samples(input)).toContain(name);
});

it('a zone is sampled like a suffix, and addresses and what is about all are no names', () => {
  const zone = samples({ resolver: { zones: { 'corp.test': '198.18.20.0/24' } } });
  const suffix = samples({ inspection: { except: ['*.corp.test'] } });
  expect(zone.filter((name) => name.endsWith('corp.test'))).toEqual(
    suffix.filter((name) => name.endsWith('corp.test')),
  );
  expect(zone.some((name) => name.endsWith('.corp.test'))).toBe(true);
  const rules = [{ deny: '198.18.64.0/24' }, { deny: 'any' }, { deny: '198.18.64.1' }];
  expect(samples({ firewall: { rules } })).toEqual(samples({ firewall: { rules: [] } }));
});

it('the ways of all of them are asked, for whoever asks', () => {
  const site = completeSite({
    site: 'Asked',
    firewall: { default: 'drop', rules: [{ allow: 'a.servicebus.windows.net' }] },
  });
  const asked = [...askedWays(site, internet)].filter(({ asking }) => asking.row.rule.includes('servicebus'));
  expect(asked.map((one) => one.host.name)).toEqual(
    namesBelow(row('*.servicebus.windows.net'), samplesOf(site), internet).map(({ name }) => name),
  );
  const [open, closed] = asked;
  expect(open?.way).toMatchObject({
    outcome: 'ok',
    flow: {
      server: 'app-proxy-01',
      account: 'network-service',
      stack: 'service',
      port: 443,
      needs: 'websocket',
    },
  });
  expect(closed?.way.outcome).toBe('tcp-drop');
  const browser = [...askedWays(site, internet)].find(
    ({ asking }) => asking.row.rule === 'login.windows.net',
  );
  expect(browser?.way.flow).toEqual({
    ...{ server: 'app-proxy-01', account: 'administrator', stack: 'browser', operation: 'sign-in' },
    ...{ host: 'login.windows.net', port: 443 },
  });
});
