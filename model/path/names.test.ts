import { expect, it } from 'vitest';
import { siteAddresses } from '../site/addresses.js';
import { completeSite } from '../site/complete.js';
import type { SiteInput } from '../site/schema.js';
import { internalNames } from './internal-names.js';
import { internetWith } from './internet-with.js';
import { Names } from './names.js';
import { internetOf } from './public-host.js';

const external = 'intranet-contoso.msappproxy.net';
const internet = internetOf([
  { name: external, chain: ['edge.cloud.test'], address: '198.18.66.9', ports: [443] },
  { name: 'a.test', chain: ['b.test'], address: '198.18.64.1', ports: [443] },
]);
const application = { name: 'Intranet', external: `https://${external}/` };
/** Inside under the name under which the service publishes it. */
const same = { applications: [{ ...application, internal: `https://${external}/` }] };
const read = (input: Partial<SiteInput>) => completeSite({ site: 'Named', ...input });
const names = (input: Partial<SiteInput>) => {
  const site = read(input);
  return new Names(site, siteAddresses(site));
};
const only = (more: object) => ({ servers: [{ name: 'app-proxy-01', ...more }] });
/** Where it is in truth, whatever a hosts file says. */
const placed = { resolver: { zones: { [external]: '198.18.20.5' } } };
const strange = { resolver: { 'site-names': false } };

it('a resolver that does not know the site leads to where the service publishes an application', () => {
  expect(names({ ...same, ...only(strange) }).ask('app-proxy-01', external, internet)).toEqual({
    ...{ device: 'resolver', of: 'app-proxy-01', chain: [external, 'edge.cloud.test'] },
    ...{ addresses: ['198.18.66.9'], outcome: 'dns-wrong-answer' },
    ...{ rule: 'public names only', published: 'Intranet' },
  });
});

it('and so does a line of a hosts file', () => {
  const told = names({ ...same, ...placed, ...only({ hosts: { [external]: '198.18.66.9' } }) });
  expect(told.ask('app-proxy-01', external, internet)).toMatchObject({
    ...{ device: 'server', outcome: 'dns-wrong-answer', rule: `hosts 198.18.66.9 ${external}` },
    published: 'Intranet',
  });
});

it.each<[string, Partial<SiteInput>, string]>([
  ['the site knows where it is', same, external],
  [
    'the service publishes it under another name',
    { applications: [{ ...application, internal: 'https://a.test/' }], ...only(strange) },
    'a.test',
  ],
  [
    'the answer leads elsewhere',
    { ...same, ...placed, ...only({ hosts: { [external]: '198.18.9.9' } }) },
    external,
  ],
])('nothing is told of the service where %s', (_, input, host) => {
  expect(names(input).ask('app-proxy-01', host, internet).published).toBeUndefined();
});

it('a proxy has no hosts file and no search list, and asks the resolver of the site', () => {
  const told = names({ ...only({ ...strange, hosts: { 'a.test': '198.18.9.9' }, search: [] }) });
  expect(told.ask('proxy', 'A.test.', internet)).toEqual({
    ...{ device: 'resolver', chain: ['a.test', 'b.test'], addresses: ['198.18.64.1'], outcome: 'ok' },
  });
  expect(told.ask('proxy', 'intranet', internet)).toMatchObject({
    ...{ chain: ['intranet', 'intranet.contoso.test'], outcome: 'ok' },
  });
});

it('an address of a server that a hosts file gives is right at home only', () => {
  const runs = {
    applications: [{ ...application, internal: 'https://portal.test/', 'runs-on': ['app-proxy-01'] }],
  };
  const hosts = { 'portal.test': '127.0.0.1' };
  const told = names({
    ...runs,
    servers: [
      { name: 'app-proxy-01', hosts },
      { name: 'app-proxy-02', hosts },
    ],
  });
  expect(told.ask('app-proxy-01', 'portal.test', internet).outcome).toBe('ok');
  expect(told.ask('app-proxy-02', 'portal.test', internet).outcome).toBe('dns-wrong-answer');
});

it('a real address in a hosts file is asked for in the lab, of an own name it is wrong', () => {
  const hosts = { 'a.test': '20.190.159.4', 'intranet.contoso.test': '20.190.159.4' };
  const zones = { 'intranet.contoso.test': '198.18.20.6' };
  const told = names({ ...only({ hosts }), resolver: { zones } });
  expect(told.ask('app-proxy-01', 'a.test', internet)).toEqual({
    ...{ device: 'resolver', chain: ['a.test', 'b.test'], addresses: ['198.18.64.1'], outcome: 'ok' },
    notJudged: 'hosts 20.190.159.4 a.test',
  });
  expect(told.ask('app-proxy-01', 'intranet.contoso.test', internet)).toMatchObject({
    ...{ device: 'server', outcome: 'dns-wrong-answer' },
  });
});

it('the truth is whatever nobody lies about', () => {
  const lies = { faults: [{ name: 'a.test', answer: 'nxdomain' as const }] };
  const told = names({ resolver: lies, ...only({ hosts: { 'a.test': '198.18.9.9' } }) });
  expect(told.truth('A.test', internet)).toEqual({ chain: ['a.test', 'b.test'], address: '198.18.64.1' });
  expect(told.truth('intranet', internet)).toEqual({
    ...{ chain: ['intranet', 'intranet.contoso.test'], address: '198.18.130.10' },
  });
  expect(told.truth('gone.test', internet)).toEqual({ chain: ['gone.test'] });
});

it('a resolver knows the hosts of its site by their full names, and nothing that is no host', () => {
  const site = read({
    resolver: {
      zones: {
        'printer.contoso.test': '198.18.20.5',
        'corp.test': '198.18.20.0/24',
        '198.18.20.9': '198.18.20.9',
      },
    },
    applications: [
      { ...application, internal: 'http://intranet/' },
      {
        name: 'Local',
        external: 'https://local-contoso.msappproxy.net/',
        internal: 'http://localhost:8080/',
      },
    ],
    proxy: { address: 'proxy:8080', parent: { address: 'Parent.contoso.test:3128' } },
    inspection: {},
  });
  expect(Object.fromEntries(internalNames(site, siteAddresses(site)))).toEqual({
    'printer.contoso.test': '198.18.20.5',
    'intranet.contoso.test': '198.18.130.10',
    'proxy.contoso.test': '198.18.2.10',
    'parent.contoso.test': '198.18.2.11',
    'pki.contoso.test': '198.18.4.10',
  });
  const plain = read({ proxy: { address: '198.18.2.77:8080' }, applications: [] });
  expect([...internalNames(plain, siteAddresses(plain))]).toEqual([]);
});

it('nothing is made up of the server itself, nor of a line that one server of two has', () => {
  const servers = [
    { name: 'app-proxy-01', hosts: { 'left.test': '198.18.9.9', 'Right.test': '198.18.9.9' } },
    { name: 'app-proxy-02' },
  ];
  for (const host of ['localhost', 'right.test', 'intranet'])
    expect(internetWith(host, read({ servers }), internet)).toEqual({ internet, made: false });
});
