import { expect, it } from 'vitest';
import { documentedInternet } from '../path/testing/flows.js';
import { Walker } from '../path/walk.js';
import type { Way } from '../path/way.js';
import { completeSite } from '../site/complete.js';
import type { SiteInput } from '../site/schema.js';
import { cure } from './cure.js';

const internet = documentedInternet();
const login = 'login.windows.net';
const truth = internet.find(login)?.address ?? '';
type Server = Omit<NonNullable<SiteInput['servers']>[number], 'name'>;

const siteOf = (server: Server, rest: Partial<SiteInput> = {}) =>
  completeSite({ site: 'Names', servers: [{ name: 'app-proxy-01', ...server }], ...rest });

function walked(site: ReturnType<typeof siteOf>, host = login, port = 443): Way {
  const who = { server: 'app-proxy-01', account: 'network-service', stack: 'service' } as const;
  return new Walker(site, internet).walk({ ...who, host, port, operation: 'bootstrap' });
}

const said = ({ hops }: Way) =>
  hops.map(({ device, action, rule }) => `${device} ${action} ${rule ?? ''}`.trim());

it('a line of a hosts file comes before every resolver, and is wrong where it is elsewhere', () => {
  const faults = [{ name: login, answer: 'nxdomain' as const }];
  const wrong = walked(siteOf({ hosts: { 'LOGIN.windows.net': '198.18.9.9' } }, { resolver: { faults } }));
  expect(said(wrong)[0]).toBe('server misanswer hosts 198.18.9.9 LOGIN.windows.net');
  expect(wrong.stops.map(({ device }) => device)).toEqual(['server']);
});

it('a right line stops nothing, but a firewall that learns names from answers does not hear of it', () => {
  const hosts = { [login]: truth };
  const open = { firewall: { default: 'allow' as const, rules: [] } };
  expect(said(walked(siteOf({ hosts }, open)))[0]).toBe(`server answer hosts ${truth} ${login}`);
  expect(walked(siteOf({ hosts }, open)).outcome).toBe('ok');
  const site = siteOf({ hosts });
  expect(walked(site).stops.map(({ device, rule }) => `${device} ${rule}`)).toEqual([
    'edge-firewall default drop',
  ]);
  const { requests, incurable, site: mended } = cure(site, internet);
  expect(requests.map(({ kind, server }) => `${kind} ${server}`)).toEqual([
    'remove-hosts-lines app-proxy-01',
  ]);
  expect(incurable).toEqual([]);
  expect(walked(mended).outcome).toBe('ok');
});

it('a real address in a hosts file says nothing in a lab: it is told, and neither wrong nor right', () => {
  const way = walked(siteOf({ hosts: { [login]: '20.190.159.4' } }));
  expect(way.hops[0]?.notJudged).toEqual([`hosts 20.190.159.4 ${login}`]);
  expect(said(way)[1]).toBe('resolver answer');
  expect(way.outcome).toBe('ok');
});

it("a resolver of a server's own knows the names of the site, or not, and has faults of its own", () => {
  const faults = [{ name: login, answer: 'timeout' as const }];
  const own = walked(siteOf({ resolver: { faults } }));
  expect(own.hops[0]?.explanation).toBe(`the resolver that app-proxy-01 asks does not answer for ${login}`);
  expect(walked(siteOf({ resolver: {} }, { resolver: { faults } })).outcome).toBe('ok');
  const inside = 'intranet.contoso.test';
  expect(walked(siteOf({ resolver: {} }), inside, 80).outcome).toBe('ok');
  const site = siteOf({ resolver: { 'site-names': false } });
  expect(walked(site, inside, 80).outcome).toBe('dns-nxdomain');
  expect(cure(site, internet).requests.map(({ kind }) => kind)).toEqual(['ask-site-resolver']);
});

const short = {
  applications: [{ name: 'Short', external: 'https://short.msappproxy.net/', internal: 'http://short/' }],
};

it.each<[row: string, search: string[] | undefined, rest: Partial<SiteInput>, outcome: string]>([
  ["of the tenant's domain, where none is said", undefined, {}, 'ok'],
  ['one after the other', ['corp.test', 'contoso.test'], {}, 'ok'],
  ['none', [], {}, 'dns-nxdomain'],
  ['of another domain', ['corp.test'], {}, 'dns-nxdomain'],
  [
    'of the domain of its zone',
    ['corp.test'],
    { resolver: { zones: { 'short.corp.test': '198.18.130.40' } } },
    'ok',
  ],
  [
    'of a domain that the resolver does not answer for',
    undefined,
    { resolver: { faults: [{ name: '*.contoso.test', answer: 'timeout' }] } },
    'dns-timeout',
  ],
])('a short name is looked for with suffixes: %s', (_, search, rest, outcome) => {
  const site = siteOf(search ? { search } : {}, { ...short, ...rest });
  expect(walked(site, 'short', 80).outcome).toBe(outcome);
  const { incurable, site: mended } = cure(site, internet);
  expect(incurable).toEqual([]);
  expect(walked(mended, 'short', 80).outcome).toBe('ok');
});
