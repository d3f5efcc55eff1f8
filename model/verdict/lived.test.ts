import { expect, it } from 'vitest';
import type { LabEvent } from '../evidence/event.js';
import { documentedInternet } from '../path/testing/flows.js';
import { Walker } from '../path/walk.js';
import { completeSite } from '../site/complete.js';
import type { SiteInput } from '../site/schema.js';
import { differencesFrom } from './lived.js';
import { attempt, connection, decision, dns } from './testing.js';

const internet = documentedInternet();
const host = 'login.windows.net';
const there = { machine: 'app-proxy-01', host };
const who = 'app-proxy-01 as network-service to login.windows.net:443';

/** What the walk through a site's devices does not say of what was lived there. */
function differences(input: Omit<SiteInput, 'site'>, ...events: LabEvent[]): string[] {
  const site = completeSite({ site: 'Lived', ...input });
  return differencesFrom(events, site, new Walker(site, internet)).map(({ words }) => words);
}

it('a line of a hosts file stops a flow before a closed edge does', () => {
  const astray = '198.18.9.9';
  const rule = `hosts ${astray} ${host}`;
  const site = {
    servers: [{ name: 'app-proxy-01', hosts: { [host]: astray } }],
    firewall: { default: 'drop' as const, rules: [] },
  };
  const told = [
    dns({
      ...{ machine: 'app-proxy-01', name: host, device: 'server', rule },
      ...{ outcome: 'dns-wrong-answer', addresses: [astray] },
    }),
    connection({ ...there, address: astray }),
    decision({ machine: 'edge', action: 'drop', rule: 'default drop' }),
  ];
  expect(differences(site, ...told, attempt({ ...there, outcome: 'tcp-drop' }))).toEqual([]);
  // Without the line it is the edge's; with it, the life may not say that it was.
  expect(
    differences({ firewall: site.firewall }, ...told, attempt({ ...there, outcome: 'tcp-drop' })),
  ).toEqual([
    `${who}: the lab saw server stop it by "${rule}", and the site's devices say edge-firewall stop it by "default drop"`,
  ]);
  expect(differences(site, attempt(there))).toEqual([
    `${who}: the lab saw nobody stop it, and the site's devices say server stop it by "${rule}"`,
  ]);
});

it('an inspector that answers by itself comes before a line that is too narrow for certificates', () => {
  const link = { mtu: 1400 };
  const inspected = [
    decision({ machine: 'edge', device: 'inspector', action: 'inspect', rule: 'inspect all' }),
    attempt({ ...there, outcome: 'tls-untrusted-issuer' }),
  ];
  for (const at of ['edge', 'proxy'] as const) {
    const proxy = at === 'proxy' && { proxy: { address: 'proxy.contoso.test:8080' } };
    expect(differences({ inspection: { at }, link, ...proxy }, ...inspected)).toEqual([]);
  }
  // Nor is a closed edge met, behind a proxy that answers by itself.
  const closed = { firewall: { default: 'drop' as const, rules: [] } };
  const proxy = { address: 'proxy.contoso.test:8080' };
  expect(differences({ inspection: { at: 'proxy' }, proxy, ...closed }, ...inspected)).toEqual([]);
  // Nobody but an inspector answers there: whoever comes through, or fails at it, met another site.
  const narrow = `${who}: the lab saw nobody stop it, and the site's devices say link stop it by "mtu 1400"`;
  expect(differences({ link }, attempt(there))).toEqual([narrow]);
  expect(differences({ link }, ...inspected)).toEqual([narrow]);
  // One that is exempt goes through it.
  expect(differences({ inspection: { except: [host] }, link }, attempt(there))).toEqual([narrow]);
});

it('an inspector hides no other device: what stops the connection before its TLS is the edge', () => {
  const site = {
    inspection: { at: 'edge' as const },
    firewall: { default: 'reject' as const, rules: [] },
    link: { mtu: 1400 },
  };
  const refused = decision({ machine: 'edge', action: 'reject', rule: 'default reject' });
  expect(differences(site, refused, attempt({ ...there, outcome: 'tcp-reject' }))).toEqual([]);
  expect(differences(site, attempt({ ...there, outcome: 'tls-untrusted-issuer' }))).toEqual([
    `${who}: the lab saw nobody stop it, and the site's devices say edge-firewall stop it by "default reject"`,
  ]);
});

it('what says nothing of the devices on the way is not compared', () => {
  const refused = { ...there, outcome: 'tcp-drop' } as const;
  // It failed because of another connection, which is compared itself.
  const closed = decision({ action: 'drop', rule: 'default drop' });
  expect(differences({}, closed, attempt({ ...refused, because: 'c2' }))).toEqual([]);
  expect(differences({}, closed, attempt(refused))).not.toEqual([]);
  const firewall = { default: 'drop' as const, rules: [{ allow: host }] };
  expect(differences({ firewall: { ...firewall, 'names-lost-for': '10m' } }, attempt(there))).toEqual([]);
  const others = { ...firewall, 'other-answers': [host] };
  expect(differences({ firewall: others }, attempt(there))).not.toEqual([]);
  const chance = decision({ device: 'link', action: 'lose', rule: 'loss 1%' });
  expect(differences({ link: { loss: '1%' } }, chance, attempt(refused))).toEqual([]);
  const all = decision({ device: 'link', action: 'lose', rule: 'loss 100%' });
  expect(differences({ link: { loss: '100%' } }, all, attempt(refused))).toEqual([]);
  expect(differences({ link: { loss: '100%' } }, chance, attempt(refused))).toEqual([
    `${who}: the lab saw link stop it by "loss 1%", and the site's devices say link stop it by "loss 100%"`,
  ]);
});

it('what is told of several attempts is told once, with the events of all', () => {
  const site = completeSite({ site: 'Lived', firewall: { default: 'drop', rules: [] } });
  const events = [attempt({ ...there, id: 'e1' }), attempt({ ...there, id: 'e2' })];
  expect(differencesFrom(events, site, new Walker(site, internet))).toEqual([
    {
      words: `${who}: the lab saw nobody stop it, and the site's devices say edge-firewall stop it by "default drop"`,
      events: ['e1', 'e2'],
    },
  ]);
});

it('of applications at one place nobody says which one was asked', () => {
  const place = {
    machine: 'app-proxy-01',
    operation: 'deliver',
    host: 'intranet.contoso.test',
    port: 80,
  } as const;
  const internal = 'http://intranet.contoso.test/';
  const named = (name: string) => ({ name, external: `https://${name}-contoso.msappproxy.net/`, internal });
  const slow = { ...named('slow'), state: 'slow' as const };
  const late = [
    decision({ device: 'application-host', action: 'drop', rule: 'state slow' }),
    attempt({ ...place, outcome: 'tcp-drop' }),
  ];
  const both = { applications: [named('quick'), slow] };
  expect(differences(both, attempt(place))).toEqual([]);
  expect(differences(both, ...late)).toEqual([]);
  expect(differences({ applications: [named('quick')] }, ...late)).toHaveLength(1);
  // What is asked for there is none of the applications', and nothing inside goes through a proxy.
  const proxy = { address: 'proxy.contoso.test:8080', rules: [{ deny: 'any' }] };
  expect(differences({ applications: [slow], proxy }, attempt({ ...place, operation: 'tunnel' }))).toEqual(
    [],
  );
});
