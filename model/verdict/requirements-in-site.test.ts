import { expect, it } from 'vitest';
import { catalogueFor } from '../requirements/catalogue.js';
import { documentedSite } from '../site/documented.js';
import type { SiteInput } from '../site/schema.js';
import type { CheckResults } from './check-results.js';
import { requirementsInSite } from './requirements-in-site.js';
import { operation } from './testing.js';

const nothing = { requests: [], incurable: [], consequences: [], users: [], differences: [], unused: [] };
const works: CheckResults = { outcome: 'works', ...nothing, notJudged: [] };
const one = { name: 's' };
const kerberos = {
  name: 'Intranet',
  external: 'https://intranet-contoso.msappproxy.net/',
  internal: 'http://intranet.contoso.test/',
  'single-sign-on': 'kerberos',
} as const;
const resources = [{ host: 'files.contoso.test', ports: [445] }];
const segments = [{ to: 'files.contoso.test', ports: 445 }];
const quick = { 'private-access': { resources, 'quick-access': { segments } } };
const perApp = { 'private-access': { resources, applications: [{ name: 'Files', segments }] } };
const pac = { file: 'function FindProxyForURL() { return "DIRECT"; }' };

function said(
  id: string,
  input: Partial<SiteInput>,
  check: Partial<CheckResults> = {},
  events = [operation()],
) {
  const site = documentedSite({ servers: [one], ...input });
  const found = requirementsInSite({ site, events, check: { ...works, ...check } }).find(
    (each) => each.id === id,
  );
  if (!found) throw new Error(`no requirement is called ${id}`);
  const { verdict, provedBy, why } = found;
  return [verdict, ...provedBy, ...(why === undefined ? [] : [why])].join(': ');
}

it.each<[string, Partial<SiteInput>, Partial<SiteInput>, string]>([
  ['server/reaches-application', {}, { applications: [] }, 'the site publishes no application'],
  ['server/connector-version', quick, {}, 'the site has no Private Access'],
  ['access/quick-access', quick, perApp, 'the site has no Quick Access segments with resources'],
  ['access/per-app', perApp, quick, 'the site has no Private Access application with resources'],
  ['availability/two-servers', { servers: [one, { name: 't' }] }, {}, 'the site has one server'],
  [
    'tls/bypass-suffices',
    { inspection: { except: ['a.test'] } },
    { inspection: {} },
    'the site has no inspection with exempt hosts',
  ],
  [
    'tls/bypass-suffices',
    { inspection: { except: ['a.test'] } },
    {},
    'the site has no inspection with exempt hosts',
  ],
  ['hidden/proxy-for-every-stack', { proxy: { address: 'proxy.test:8080' } }, {}, 'the site has no proxy'],
  ['hidden/proxy-for-every-stack', { pac }, {}, 'the site has no proxy'],
  ['hidden/proxy-for-every-stack', { wpad: {} }, {}, 'the site has no proxy'],
  [
    'ports/outbound-only',
    { firewall: { inbound: 'drop' } },
    { firewall: { inbound: 'allow' } },
    'the site lets inbound connections in',
  ],
  ['hosts/service', {}, { cloud: { environment: 'us-government' } }, 'the site belongs to another cloud'],
  [
    'cloud/government-hosts',
    { cloud: { environment: 'us-government' } },
    {},
    'the site belongs to another cloud',
  ],
  ['groups/create', {}, {}, 'it is about the portal'],
])(
  '%s holds where nothing is charged to it, in a site that has what it is about',
  (id, having, lacking, why) => {
    if (id !== 'groups/create') expect(said(id, having)).toBe('holds: walk');
    expect(said(id, lacking)).toBe(`unproven: ${why}`);
  },
);

it('the same of Kerberos, in an edition that speaks of it', () => {
  const having: Partial<SiteInput> = { edition: '2025-02-21', applications: [kerberos] };
  const { applications, ...lacking } = having;
  const id = catalogueFor(documentedSite(having)).find(
    ({ inSite }) => inSite.by === 'stops' && inSite.where === 'kerberos',
  )?.id;
  expect(said(id ?? '', having)).toBe('holds: walk');
  expect(said(id ?? '', lacking)).toBe(
    'unproven: the site has no application with single sign-on by Kerberos',
  );
});

it('what every server has to do holds once every server did it, and was not seen before the change', () => {
  const did = (machine: string, more: Parameters<typeof operation>[0] = {}) =>
    operation({ machine, operation: 'register', ...more });
  const two = { servers: [one, { name: 't' }] };
  const id = 'server/each-server-registers';
  const not = 'unproven: not every server could register in this run';
  expect(said(id, two, {}, [did('s'), did('t')])).toMatch(/^holds: /);
  expect(said(id, two, {}, [did('s')])).toBe(not);
  expect(said(id, two, {}, [did('s'), did('t', { phase: 'control' })])).toBe(not);
  expect(said(id, two, {}, [did('s'), did('t', { outcome: 'tcp-drop' })])).toBe(not);
  expect(said(id, two, {}, [did('s'), did('t', { operation: 'listen' })])).toBe(not);
});

it('what is charged is broken, whatever else is said of it', () => {
  const incurable: CheckResults['incurable'] = [
    { device: 'server', explanation: '', servers: ['s'], requirements: ['tls/no-inspection'], events: [] },
  ];
  expect(said('tls/no-inspection', {}, { outcome: 'broken', incurable })).toBe('broken: check');
  expect(said('tls/no-inspection', {}, { outcome: 'lab-failed', incurable })).toBe(
    'unproven: the lab itself failed',
  );
  expect(said('tls/no-inspection', {}, { outcome: 'control-failed' })).toBe(
    'unproven: the lab itself failed',
  );
});

it('rules that are not judged leave it open, each told once', () => {
  const doubt = (
    rules: string[],
    requirements = ['tls/no-inspection'],
  ): CheckResults['notJudged'][number] => ({
    ...{ device: 'edge-firewall', rules, requirements, sources: [], servers: ['s'], targets: [] },
  });
  const notJudged = [doubt(['deny a', 'deny b']), doubt(['deny b']), doubt(['deny c'], [])];
  expect(said('tls/no-inspection', {}, { outcome: 'undetermined', notJudged })).toBe(
    'unproven: not judged: rules that may or may not be about it ("deny a", "deny b")',
  );
});
