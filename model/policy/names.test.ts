import { describe, expect, it } from 'vitest';
import { completeSite } from '../site/complete.js';
import { bypassing } from './bypass.js';
import { hostsLine } from './hosts-file.js';
import { resolverAskedBy } from './own-resolver.js';
import { endsSearch, fruitless, namesToAsk, searched, suffixesOf } from './search-list.js';

const site = completeSite({
  site: 'Names',
  tenant: { domain: 'contoso.test' },
  resolver: { zones: { 'intranet.corp.test': '198.18.130.9', 'corp.test': '198.18.131.0/24' } },
  servers: [
    { name: 'app-proxy-01', search: ['Corp.test', 'fabrikam.test'] },
    {
      name: 'app-proxy-02',
      hosts: { 'Login.microsoftonline.com': '198.18.4.4', 'b.test': '198.18.4.5' },
      resolver: { 'site-names': false, faults: [{ name: 'a.test', answer: 'timeout' }] },
    },
    { name: 'app-proxy-03', search: [], resolver: { 'site-names': true } },
  ],
});
const [first, second, third] = site.servers;
if (!first || !second || !third) throw new Error('three servers');

describe('a short name', () => {
  it('is asked for with each suffix of the server, else with the domain of the tenant', () => {
    expect(suffixesOf(first, site)).toEqual(['Corp.test', 'fabrikam.test']);
    expect(suffixesOf(second, site)).toEqual(['contoso.test']);
    expect(namesToAsk(first, site, 'Intranet')).toEqual(['intranet.corp.test', 'intranet.fabrikam.test']);
    expect(namesToAsk(second, site, 'intranet')).toEqual(['intranet.contoso.test']);
    expect(namesToAsk(third, site, 'intranet')).toEqual([]);
    expect(namesToAsk(third, site, 'WWW.contoso.test.')).toEqual(['www.contoso.test']);
  });

  it('is looked for until a name is there, or the one that is meant is not', () => {
    expect(endsSearch(site, 'intranet', 'intranet.fabrikam.test', 'dns-nxdomain')).toBe(false);
    expect(endsSearch(site, 'intranet', 'intranet.corp.test', 'dns-nxdomain')).toBe(true);
    expect(endsSearch(site, 'intranet', 'intranet.fabrikam.test', 'dns-timeout')).toBe(true);
  });

  it('is not found with a search list that lacks its domain, and the list is named', () => {
    expect(fruitless(first, site, 'intranet')).toBeUndefined();
    expect(fruitless(second, site, 'Intranet')).toBe('search intranet below contoso.test');
    expect(fruitless(third, site, 'intranet')).toBe('search intranet below nothing');
    expect(fruitless(third, site, 'intranet.corp.test')).toBeUndefined();
  });

  it('is read again of what the list is called', () => {
    expect(searched('search intranet below a.test b.test')).toEqual({
      host: 'intranet',
      suffixes: ['a.test', 'b.test'],
    });
    expect(searched('search intranet below nothing')).toEqual({ host: 'intranet', suffixes: [] });
    expect(searched('search')).toEqual({ host: '', suffixes: [] });
  });
});

it('a line of a hosts file says where a name is, however it is written', () => {
  expect(hostsLine(second, 'LOGIN.microsoftonline.com.')).toEqual({
    ...{ host: 'Login.microsoftonline.com', address: '198.18.4.4' },
    rule: 'hosts 198.18.4.4 Login.microsoftonline.com',
  });
  expect(hostsLine(second, 'microsoftonline.com')).toBeUndefined();
  expect(hostsLine(first, 'b.test')).toBeUndefined();
});

it('a server asks the resolver of the site, or its own, which may not know the site', () => {
  expect(resolverAskedBy('app-proxy-01', site)).toEqual({ settings: site.resolver, knowsSite: true });
  expect(resolverAskedBy('proxy', site)).toEqual({ settings: site.resolver, knowsSite: true });
  expect(resolverAskedBy('app-proxy-02', site)).toMatchObject({
    settings: { zones: {}, faults: [{ name: 'a.test', answer: 'timeout' }] },
    knowsSite: false,
    of: 'app-proxy-02',
  });
  expect(resolverAskedBy('app-proxy-03', site)).toEqual({
    settings: { zones: site.resolver.zones, faults: [] },
    knowsSite: true,
    of: 'app-proxy-03',
  });
});

it.each([
  ['intranet', '<local>'],
  ['A.Contoso.test', '*.contoso.TEST'],
  ['10.1.2.3', '10.*'],
  ['a.test', undefined],
  ['contoso.test', undefined],
])('%s is sent directly by the entry %s', (host, entry) => {
  expect(bypassing(['<local>', '*.contoso.TEST', '10.*'], host)).toBe(entry);
});
