import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideProxy, notJudgedByProxy } from '../../policy/proxy.js';
import { type Proxy as ProxySettings, proxySchema } from '../../site/schema.js';
import { combine } from '../combine.js';
import type { Imported, ImportOptions, SourceFile } from '../importer.js';
import { squid } from './index.js';

const read = (text: string, options: ImportOptions = {}) => squid.read({ file: 'squid.conf', text }, options);
const proxyOf = (text: string, options: ImportOptions = {}): ProxySettings =>
  proxySchema.parse(read(text, options).site?.proxy);
const part = (file: string, ...lines: string[]): SourceFile => ({ file, text: lines.join('\n') });

/** What becomes of a request, or `?` where it is not judged. */
function decided(
  proxy: ProxySettings,
  host: string,
  port = 443,
  method: 'connect' | 'plain' = 'connect',
): string {
  const request = { host, port, method };
  const { action } = decideProxy(proxy, request, false);
  return notJudgedByProxy(proxy, request).length > 0 ? '?' : action;
}

describe('squid.conf', () => {
  it('gives rules with their place, in order, and the opposite of the last line for the rest', () => {
    const { site, notUnderstood } = read(`
acl SSL_ports port 443
acl SSL_ports port 8443 # another
acl cloud dstdomain .msappproxy.net login.windows.net
http_access deny CONNECT !SSL_ports
http_access allow cloud
http_access deny manager
`);
    expect(notUnderstood).toEqual([]);
    expect(site?.proxy).toMatchObject({
      address: 'proxy.contoso.test:3128',
      default: 'allow',
      rules: [
        { deny: 'any', port: ['1-442', '444-8442', '8444-65535'], method: 'connect', source: { line: 5 } },
        { allow: ['.msappproxy.net', 'login.windows.net'], source: { file: 'squid.conf', line: 6 } },
      ],
    });
  });

  it('reads files that are named and handed over; of others nobody knows the content', () => {
    const text =
      'include /etc/squid/conf.d/*.conf\nacl good dstdomain "/etc/squid/good.txt"\nhttp_access allow good\nhttp_access deny all\n';
    const isPart = (file: string) => squid.hasPart?.(part('squid.conf', text), part(file));
    expect(['some/a.conf', 'good.txt', 'bad.txt'].map(isPart)).toEqual([true, true, false]);
    const included = part('a.conf', 'acl bad dstdomain .bad.test', 'http_access deny bad');
    const given = { parts: [included, part('good.txt', '.good.test # mine', '.bad.test')] };
    const whole = proxyOf(text, given);
    expect(['a.good.test', 'bad.test', 'x.test'].map((host) => decided(whole, host))).toEqual([
      'allow',
      'refuse',
      'refuse',
    ]);
    expect(whole.rules[0]?.source).toEqual({ file: 'a.conf', line: 2 });
    const part1 = proxyOf(text, { parts: [included] });
    expect(['a.good.test', 'bad.test', 'x.test'].map((host) => decided(part1, host))).toEqual([
      '?',
      'refuse',
      '?',
    ]);
    expect(['bad.test', 'x.test'].map((host) => decided(proxyOf(text), host))).toEqual(['?', '?']);
    expect(read(text).notUnderstood.map(({ line }) => line)).toEqual([1, 3]);
  });

  it.each<[string, string, ImportOptions, string]>([
    ['an expression of one name', 'acl a dstdom_regex ^login\\.windows\\.net$', {}, 'allow'],
    ['an expression of names below', 'acl a dstdom_regex -i (^|\\.)WINDOWS\\.net$', {}, 'allow'],
    ['one in capitals, which no name is in', 'acl a dstdom_regex \\.WINDOWS\\.net$', {}, 'refuse'],
    ['a piece of a name', 'acl a dstdom_regex windows', {}, 'allow'],
    ['a dot that is any letter', 'acl a dstdom_regex logi..windows', {}, '?'],
    ['alternatives', 'acl a dstdom_regex ^(login|www)\\.', {}, 'allow'],
    ['alternatives of others', 'acl a dstdom_regex ^(mail|www)\\.', {}, 'refuse'],
    ['an alternative in small letters', 'acl a dstdom_regex WWW|login', {}, 'allow'],
    ['characters of which one is there', 'acl a dstdom_regex ^[a-z]+\\.windows\\.net$', {}, '?'],
    ['a backslash that no name has', 'acl a dstdom_regex log\\Wn', {}, '?'],
    ['an expression that is none', 'acl a dstdom_regex (login', {}, '?'],
    ['hours', 'acl a time MTWHF 06:00-15:00', {}, '?'],
    ['a path', 'acl a url_regex login', {}, '?'],
    ['sources', 'acl a src 10.0.0.0/8', {}, '?'],
    ["the server's source", 'acl a src 10.0.0.0/255.0.0.0', { serverAddress: '10.1.2.3' }, 'allow'],
    ["another's source", 'acl a src 10.0.0.0/8', { serverAddress: '192.168.0.1' }, 'refuse'],
    ['destinations inside', 'acl a dst 10.0.0.0/8 192.168.0.0/16', {}, 'refuse'],
    ['a network after a part of it', 'acl a dst 10.0.0.0/8 all', {}, '?'],
    ['a network before a part of it', 'acl a src all 10.0.0.0/8', {}, 'allow'],
    ['destinations outside', 'acl a dst 20.190.128.0/18', {}, '?'],
    ['nothing', 'acl a dstdomain *.windows.net', {}, 'refuse'],
    ['a list that is not there', '', {}, '?'],
    ['ports', 'acl a port 1-500', {}, 'allow'],
    ['methods', 'acl a method GET POST', {}, 'refuse'],
    ['another type', 'acl a ssl::server_name .windows.net', {}, '?'],
    ['a condition', 'if 1 = 1\nacl a dstdomain .windows.net\nendif', {}, '?'],
    ['folded lines', 'acl a dstdomain \\\n  a.test \\\n  .windows.net', {}, 'allow'],
  ])('a line about %s', (_, acl, options, expected) => {
    const text = `${acl}\nhttp_access allow a\nhttp_access deny all\n`;
    expect(decided(proxyOf(text, options), 'login.windows.net')).toBe(expected);
    expect(read(text, options).notUnderstood.length > 0).toBe(expected === '?');
  });

  it.each<[string, string, Record<string, string>]>([
    [
      'a dot that is any letter',
      'allow a',
      { 'login.windows.net': 'allow', 'login-windows.net': '?', 'login.windows.com': 'refuse' },
    ],
    [
      'a dot that is any letter, the other way round',
      'allow !a',
      { 'login.windows.net': 'refuse', 'login-windows.net': '?', 'login.windows.com': 'allow' },
    ],
  ])('judges hosts that an expression cannot be about: %s', (_, access, expected) => {
    const text = `acl a dstdom_regex login.windows.net$\nhttp_access ${access}\nhttp_access deny all\n`;
    const proxy = proxyOf(text);
    const said = Object.keys(expected).map((host) => [host, decided(proxy, host)]);
    expect(Object.fromEntries(said)).toEqual(expected);
    expect(read(text).notUnderstood).toMatchObject([{ line: 2 }]);
  });

  it('reads of an expression of characters the end that all its names have', () => {
    const proxy = proxyOf(
      'acl a dstdom_regex -i ^cwap-[a-z]+[0-9]-[^.]*\\.ServiceBus\\.windows\\.net$\nhttp_access deny a\nhttp_access allow all\n',
    );
    const hosts = [
      'cwap-eur1-weur2.servicebus.windows.net',
      'g1.servicebus.windows.net',
      'login.windows.net',
    ];
    expect(hosts.map((host) => decided(proxy, host))).toEqual(['?', 'allow', 'allow']);
  });

  it('asks where a line does, and who is let through before is not asked', () => {
    const proxy = proxyOf(`auth_param negotiate program /usr/lib/squid/negotiate -s secret
auth_param ntlm program /x
acl known proxy_auth REQUIRED
acl free dstdomain .free.test
acl closed dstdomain .closed.test
http_access allow free
http_access deny !known
http_access allow closed
http_access deny all
`);
    expect(proxy.authentication).toEqual(['negotiate', 'ntlm']);
    expect(['a.free.test', 'closed.test'].map((host) => decided(proxy, host))).toEqual([
      'allow',
      'challenge',
    ]);
    const rule = (host: string) => decideProxy(proxy, { host, port: 443 }, true).action;
    expect(['closed.test', 'x.test'].map(rule)).toEqual(['allow', 'refuse']);
  });

  it('does not judge tunnels that a line may have read which is not understood', () => {
    const bumping = (lines: string) =>
      read(`http_port 3128 ssl-bump cert=/etc/x.pem
acl step1 at_step SslBump1
acl named ssl::server_name .msappproxy.net
acl ends ssl::server_name_regex -i \\.servicebus\\.windows\\.net$
acl office src 10.0.0.0/8
${lines}
http_access allow all
`);
    const known = bumping(
      'ssl_bump peek step1\nssl_bump splice named\nssl_bump splice ends\nssl_bump bump all',
    );
    expect(known.notUnderstood).toEqual([]);
    expect(known.site?.inspection?.except).toEqual(['.msappproxy.net', '*.servicebus.windows.net']);

    const { site, notUnderstood } = bumping(
      'ssl_bump splice named\nssl_bump splice office\nssl_bump bump all',
    );
    expect(notUnderstood).toMatchObject([{ line: 7, why: expect.stringContaining('not judged') }]);
    expect(site?.inspection).toBeUndefined();
    expect(site?.proxy?.rules?.[0]).toEqual({
      ...{ deny: 'any', method: 'connect', except: ['.msappproxy.net'] },
      ...{ unclear: 'ssl_bump splice office', source: { file: 'squid.conf', line: 7 } },
    });
    const before = bumping('ssl_bump bump ends\nssl_bump bump office\nssl_bump splice all').site;
    expect(before?.inspection?.only).toEqual(['*.servicebus.windows.net']);
    expect(before?.proxy?.rules?.[0]).toMatchObject({ except: ['*.servicebus.windows.net'] });
  });

  it('gives its parent, its inspection, and tells no secret', () => {
    const imported = read(`visible_hostname gate.contoso.test
http_port 10.0.0.5:8080 ssl-bump cert=/etc/x.pem
acl step1 at_step SslBump1
acl none ssl::server_name .msappproxy.net
ssl_bump peek step1
ssl_bump splice none
ssl_bump bump all
cache_peer parent.contoso.test parent 3128 0 login=user:geheim password=geheim
never_direct allow all
url_rewrite_program /bin/x -p geheim
http_access allow all
`);
    expect(imported.site).toMatchObject({
      proxy: { address: 'gate.contoso.test:8080', parent: { address: 'parent.contoso.test:3128' } },
      inspection: { at: 'proxy', 'revocation-info': false, except: ['.msappproxy.net'] },
    });
    expect(JSON.stringify(imported)).not.toContain('geheim');
    const { site } = read(
      'cache_peer up.test parent 3128 0 login=a:b\nnever_direct allow all\nhttp_access allow all\n',
    );
    expect(site?.proxy?.parent).toEqual({ address: 'up.test:3128' });
  });

  it('tells of refusals that are answered otherwise than with a page of its own', () => {
    const lines = [
      'ERR_OWN all',
      'http://help.contoso.test/ all',
      '302:http://help.contoso.test/ all',
      'TCP_RESET all',
    ];
    const { notUnderstood } = read(
      `${lines.map((one) => `deny_info ${one}`).join('\n')}\nhttp_access deny all\n`,
    );
    expect(notUnderstood.map(({ line }) => line)).toEqual([2, 3, 4]);
  });

  it('does not judge what is taken to a proxy on its way', () => {
    const proxy = proxyOf('http_port 3128 intercept\nhttp_access allow all\n');
    expect(decided(proxy, 'a.test')).toBe('?');
  });
});

/** Access lists as squid asks them, written here apart: what nobody knows goes both ways. */
const acls: Record<string, (request: Asked) => boolean | 'unknown' | 'asks'> = {
  all: () => true,
  net: ({ host }) => host === 'windows.net' || host.endsWith('.windows.net'),
  login: ({ host }) => host === 'login.windows.net',
  proxy: ({ host }) => host.endsWith('.msappproxy.net'),
  ends: ({ host }) => host.endsWith('msappproxy.net'),
  ssl: ({ port }) => port === 443 || port === 8443,
  web: ({ port }) => port === 80,
  CONNECT: ({ method }) => method === 'connect',
  pages: ({ method }) => method === 'plain',
  here: () => true,
  elsewhere: () => false,
  localhost: () => false,
  hours: () => 'unknown',
  known: () => 'asks',
};
const lists = `acl net dstdomain .windows.net
acl login dstdomain login.windows.net
acl proxy dstdom_regex \\.msappproxy\\.net$
acl ends dstdom_regex msappproxy\\.net$
acl ssl port 443
acl ssl port 8443
acl web port 80
acl pages method GET POST
acl here src 10.0.0.0/8
acl elsewhere src 172.16.0.0/12
acl hours time MTWHF 06:00-15:00
auth_param basic program /usr/lib/squid/basic_fake_auth
acl known proxy_auth REQUIRED
`;
type Asked = { host: string; port: number; method: 'connect' | 'plain' };
type Line = { allows: boolean; names: { name: string; negated: boolean }[] };
const requests: Asked[] = [
  'windows.net',
  'login.windows.net',
  'a.msappproxy.net',
  'msappproxy.net',
  'evilmsappproxy.net',
].flatMap((host) =>
  [80, 443, 8080].flatMap((port) =>
    (['connect', 'plain'] as const).map((method) => ({ host, port, method })),
  ),
);

function outcomes(lines: readonly Line[], request: Asked, at = 0): Set<string> {
  const line = lines[at];
  if (!line) return new Set([lines.at(-1)?.allows ? 'refuse' : 'allow']);
  let mayFail = false;
  for (const { name, negated } of line.names) {
    const met = acls[name]?.(request);
    const behind = () => (mayFail ? outcomes(lines, request, at + 1) : []);
    if (met === 'asks') return new Set(['challenge', ...behind()]);
    if (met === 'unknown') mayFail = true;
    else if (met === negated) return outcomes(lines, request, at + 1);
  }
  const own = line.allows ? 'allow' : 'refuse';
  return new Set([own, ...(mayFail ? outcomes(lines, request, at + 1) : [])]);
}

const anAcl = fc.record({ name: fc.constantFrom(...Object.keys(acls)), negated: fc.boolean() });
const aLine = fc.record({
  allows: fc.boolean(),
  names: fc.array(anAcl, { minLength: 1, maxLength: 3 }),
});

it('says of every request what squid says, or that it is not judged', () => {
  let [certain, doubted, judged] = [0, 0, 0];
  fc.assert(
    fc.property(fc.array(aLine, { minLength: 1, maxLength: 8 }), (lines) => {
      const access = lines.map(
        ({ allows, names }) =>
          `http_access ${allows ? 'allow' : 'deny'} ${names.map(({ name, negated }) => `${negated ? '!' : ''}${name}`).join(' ')}`,
      );
      const text = `${lists}${access.join('\n')}\n`;
      const proxy = proxyOf(text, { serverAddress: '10.1.2.3' });
      for (const request of requests) {
        const possible = outcomes(lines, request);
        const said = decided(proxy, request.host, request.port, request.method);
        const words = `${text}\n${JSON.stringify(request)}`;
        if (possible.size > 1) {
          doubted++;
          expect(said, words).toBe('?');
        } else {
          certain++;
          if (said === '?') continue;
          judged++;
          expect([...possible], words).toEqual([said]);
        }
      }
    }),
    { seed: 31, numRuns: 600 },
  );
  expect(doubted).toBeGreaterThan(500);
  expect(judged / certain).toBeGreaterThan(0.8);
});

it('does not judge tunnels at which it peeks in the second step, and knows earlier words of ssl_bump', () => {
  const bumping = (lines: string) =>
    read(
      `http_port 3128 ssl-bump cert=/x.pem\nacl step1 at_step SslBump1\nacl ms ssl::server_name .msappproxy.net\n${lines}\nhttp_access allow all\n`,
    );
  const { site, notUnderstood } = bumping('ssl_bump peek all\nssl_bump splice ms\nssl_bump bump all');
  expect(notUnderstood).toMatchObject([{ line: 4 }]);
  expect(site?.inspection).toBeUndefined();
  expect(site?.proxy?.rules?.[0]).toMatchObject({
    unclear: 'ssl_bump peek all',
    except: ['.msappproxy.net'],
  });
  expect(bumping('ssl_bump peek all\nssl_bump splice all').notUnderstood).toEqual([]);
  const earlier = bumping('ssl_bump none ms\nssl_bump server-first all');
  expect(earlier).toMatchObject({ notUnderstood: [], site: { inspection: { except: ['.msappproxy.net'] } } });
});

it('is the proxy that others ask on any of its ports', () => {
  const own = read(
    'http_port 3128\nhttp_port 8080\nacl ms dstdomain .msappproxy.net\nhttp_access allow ms\n',
  );
  const told = (address: string): Imported => ({
    site: { proxy: { address, 'used-by': ['service'] } },
    ...{ understood: 1, notUnderstood: [] },
  });
  expect(combine([own, told('p.test:8080')], 'x').proxy).toMatchObject({
    ...{ address: 'p.test:8080', 'used-by': ['service'] },
    rules: [{ allow: ['.msappproxy.net'] }],
  });
  expect(combine([own, told('p.test:9090')], 'x').proxy?.rules?.[0]).toMatchObject({
    unclear: expect.stringContaining('p.test:9090'),
  });
});
