import { expect, it } from 'vitest';
import { completeSite } from '../site/complete.js';
import type { SiteInput } from '../site/schema.js';
import { ProxyFinder, type Seeking } from './proxy-finder.js';
import { documentedInternet } from './testing/flows.js';
import { usual } from './testing/lines.js';

const address = 'proxy.contoso.test:8080';
const pac = (answer: string) => `function FindProxyForURL(url, host) { return ${answer}; }`;
const internet = documentedInternet();

function found(input: Partial<SiteInput>, seeking: Partial<Seeking> = {}) {
  const site = completeSite({ site: 'Seeking', ...input });
  return new ProxyFinder(site, () => internet).find({ ...usual, ...seeking });
}
const wpad = { file: pac('"PROXY a:1"') };
const only = (more: object) => ({ servers: [{ name: 'app-proxy-01', ...more }] });
const fault = (answer: 'nxdomain' | 'no-chain' | 'wrong-address') => ({
  ...{ wpad, resolver: { faults: [{ name: 'wpad.contoso.test', answer }] } },
});

it.each<[string, Partial<SiteInput>, Partial<Seeking>, string]>([
  [
    'the server itself',
    { proxy: { address } },
    { host: 'localhost' },
    'localhost is the server itself: no proxy is asked for it',
  ],
  [
    'a bypass list',
    { proxy: { address, bypass: ['*.windows.net'] } },
    {},
    'the bypass list of the service stack sends login.windows.net direct ("*.windows.net")',
  ],
  [
    'a list of the server, of one stack',
    { proxy: { address }, ...only({ 'proxy-settings': { service: { bypass: ['login.*'] } } }) },
    {},
    'the bypass list of the service stack sends login.windows.net direct ("login.*")',
  ],
  [
    'a PAC file',
    { pac: { file: pac('"PROXY a:1; DIRECT"') } },
    {},
    'the PAC file sends login.windows.net to a:1, then direct',
  ],
  [
    'a PAC file of the server',
    only({ 'proxy-settings': { service: { pac: pac('"PROXY b:2"') } } }),
    {},
    'the PAC file sends login.windows.net to b:2',
  ],
  ['a host wpad', { wpad }, {}, 'the PAC file of wpad.contoso.test sends login.windows.net to a:1'],
  ['no host wpad', { wpad: {} }, {}, 'there is no wpad.contoso.test, and the service stack goes direct'],
  [
    'no host wpad, says the resolver',
    fault('nxdomain'),
    {},
    'there is no wpad.contoso.test, and the service stack goes direct',
  ],
  [
    'none behind an alias',
    fault('no-chain'),
    {},
    'there is no wpad.contoso.test, and the service stack goes direct',
  ],
  [
    'none, says a resolver that does not know the site',
    { wpad, ...only({ resolver: { 'site-names': false } }) },
    {},
    'there is no wpad.contoso.test, and the service stack goes direct',
  ],
  [
    'wpad at a wrong address',
    fault('wrong-address'),
    {},
    'wpad.contoso.test does not answer, and the service stack goes direct',
  ],
  [
    'wpad in a hosts file, where nobody is',
    { wpad, ...only({ hosts: { 'wpad.contoso.test': '198.18.9.9' } }) },
    {},
    'wpad.contoso.test does not answer, and the service stack goes direct',
  ],
  [
    'wpad that hangs',
    { wpad: { state: 'hangs' } },
    {},
    'wpad.contoso.test does not answer, and the service stack goes direct',
  ],
  [
    'wpad without a file',
    { wpad: { state: 'not-found' } },
    {},
    'wpad.contoso.test has no PAC file, and the service stack goes direct',
  ],
])('what says the way is told: %s', (_, input, seeking, words) => {
  expect(found(input, seeking).said?.explanation).toBe(words);
});

it.each<[string, Partial<SiteInput>, Partial<Seeking>]>([
  ['there is no proxy', {}, {}],
  ['it is for others', { proxy: { address, 'used-by': ['browser'] } }, {}],
  ['it is inside', { proxy: { address } }, { direct: true }],
  ['the server says so', { proxy: { address }, ...only({ 'proxy-settings': { service: 'direct' } }) }, {}],
])('nothing says it where %s', (_, input, seeking) => {
  expect(found(input, seeking)).toEqual({ ways: ['direct'], awaited: [] });
});

it('a setting of its own may name what the site has', () => {
  const own = (word: 'proxy' | 'pac' | 'wpad') => only({ 'proxy-settings': { service: word } });
  const site = {
    proxy: { address, 'used-by': [] },
    pac: { file: pac('"PROXY a:1"'), 'used-by': [] },
    wpad: { ...wpad, 'used-by': [] },
  };
  const way = (word: 'proxy' | 'pac' | 'wpad') => found({ ...site, ...own(word) });
  expect(way('proxy')).toEqual({ ways: [{ host: 'proxy.contoso.test', port: 8080 }], awaited: [] });
  expect(way('pac').said?.rule).toBe('pac PROXY a:1');
  expect(way('wpad').said?.rule).toBe('wpad PROXY a:1');
});

it('a long answer is one short line of evidence', () => {
  const many = Array.from({ length: 12 }, (_, index) => `PROXY p${index}.test:8080`).join(';\\n  ');
  const { said, ways } = found({ pac: { file: pac(`" ${many} "`) } });
  expect(ways).toHaveLength(12);
  expect(said?.rule).toMatch(/^pac PROXY p0\.test:8080; PROXY p1\.test:8080;.*…$/);
  expect(said?.rule).toHaveLength('pac '.length + 121);
  const short = `PROXY ${'p'.repeat(60)}.test:8080; PROXY ${'q'.repeat(28)}.test:80`;
  expect(short).toHaveLength(120);
  expect(found({ pac: { file: pac(`"${short}"`) } }).said?.rule).toBe(`pac ${short}`);
});

it.each<[string, string, string]>([
  ['a name of the internet', 'dnsResolve("login.windows.net")', '198.18.64.9'],
  ['an address', 'dnsResolve("198.18.9.9")', '198.18.9.9'],
  ['a name that a resolver lies about', 'dnsResolve("lie.test")', '198.18.9.9'],
  ['a name that is not there', 'dnsResolve("gone.test") === null', 'true'],
  ['a name for which nobody answers', 'dnsResolve("silent.test") === null', 'true'],
  ['its own address', 'myIpAddress()', '198.18.1.10'],
])('a PAC file learns %s', (_, asked, answer) => {
  const faults = [
    { name: 'silent.test', answer: 'timeout' as const },
    { name: 'lie.test', answer: 'wrong-address' as const, address: '198.18.9.9' },
  ];
  const { said, awaited } = found({
    resolver: { faults },
    pac: { file: pac(`"PROXY " + (${asked}) + ":1"`) },
  });
  expect(said?.rule).toBe(`pac PROXY ${answer}:1`);
  expect(awaited).toEqual(asked.includes('silent') ? ['name'] : []);
});

it('a server that a site does not have has no way', () => {
  expect(() => found({}, { server: 'gone' })).toThrow('the site has no server called gone');
});
