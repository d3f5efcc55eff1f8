import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { squid } from '../../model/import/squid/index.js';
import { decideProxy, notJudgedByProxy } from '../../model/policy/proxy.js';
import { proxySchema } from '../../model/site/schema.js';

/** Alone in a network of its own squid answers, and whatever it lets through gets nowhere. */
const unshare = process.getuid?.() === 0 ? ['--net'] : ['--net', '--map-root-user'];
const program = ['/usr/sbin/squid', '/usr/sbin/ip', '/sbin/ip'].filter(existsSync).length >= 2;
const isThere = program && spawnSync('unshare', [...unshare, 'true']).status === 0;
if (!isThere)
  console.warn('dev/judges: there is no squid, or no network for it alone, to compare imports with');

const client = '10.1.2.3';
const hosts = [
  'login.windows.net',
  'windows.net',
  'evilwindows.net',
  'a.b.windows.net',
  'x.msappproxy.net',
  'msappproxy.net',
  'evilmsappproxy.net',
  'mscrl.microsoft.com',
];
const addresses = Object.fromEntries(hosts.map((host, index) => [host, `20.190.128.${index + 1}`]));
const requests = hosts.flatMap((host) =>
  [80, 443, 8443].flatMap((port) =>
    (['connect', 'plain'] as const).map((method) => ({ host, port, method })),
  ),
);

/** Values that people write, of every type that an import reads, and of some that it does not. */
const valuesOf: Record<string, readonly string[]> = {
  dstdomain: [
    '.windows.net',
    'windows.net',
    'login.windows.net',
    '.MSappproxy.net',
    '.microsoft.com',
    '*.windows.net',
  ],
  dstdom_regex: [
    ...[
      '\\.windows\\.net$',
      'windows\\.net$',
      '^login\\.',
      'login',
      '(^|\\.)windows\\.net$',
      '^login\\.windows\\.net$',
    ],
    ...[
      '-i \\.WINDOWS\\.NET$',
      '\\.WINDOWS\\.net$',
      '.*\\.msappproxy\\.net$',
      'windows.net',
      '^(login|x)\\.',
      'crl',
    ],
    ...['^[a-z]+\\.windows\\.net$', '^.+\\.windows\\.net$', '[.]net$', 'login.windows.net$', '.windows.net'],
    ...[
      'crl|LOGIN',
      '\\Wwindows',
      '\\bwindows',
      '*.windows.net',
      '^(a\\.)?b?',
      'ms(crl|app)+',
      'p{1,2}r',
      'x|',
    ],
  ],
  port: ['443', '80', '1-1024', '8000-9000', '0-65535', '80 443'],
  method: ['CONNECT', 'GET POST', 'GET', 'CONNECT GET POST', 'PURGE'],
  src: [
    '10.0.0.0/8',
    '10.1.2.3',
    '172.16.0.0/12',
    'all',
    '127.0.0.1',
    '10.1.2.0-10.1.2.9',
    '10.1.2.0/255.255.255.0',
  ],
  dst: ['10.0.0.0/8', '20.190.128.0/28', 'all', '127.0.0.0/8'],
  proxy_auth: ['REQUIRED', 'somebody'],
  url_regex: ['login', '^http:', 'net:443$'],
  time: ['MTWHFAS 00:00-23:59'],
  browser: ['curl'],
  proto: ['HTTP'],
};
const builtIn = ['all', 'localhost', 'to_localhost', 'manager', 'CONNECT'];
const list = fc.constantFrom(...Object.keys(valuesOf)).chain((type) =>
  fc
    .array(fc.constantFrom(...(valuesOf[type] ?? [])), {
      minLength: 1,
      maxLength: type === 'proxy_auth' ? 1 : 3,
    })
    .map((values) => ({ type, values: [...new Set(values)] })),
);
const line = (names: readonly string[], name = 'http_access') =>
  fc
    .record({
      action: fc.constantFrom('allow', 'deny'),
      of: fc.array(fc.tuple(fc.boolean(), fc.constantFrom(...names)), { minLength: 1, maxLength: 3 }),
    })
    .map(
      ({ action, of }) =>
        `${name} ${action} ${of.map(([not, name]) => `${not ? '!' : ''}${name}`).join(' ')}`,
    );
const conf = fc.array(list, { minLength: 2, maxLength: 6 }).chain((lists) => {
  const own = lists.map(({ type, values }, index) => ({ name: `l${index}`, type, values }));
  const acls = own.flatMap(({ name, type, values }) => values.map((value) => `acl ${name} ${type} ${value}`));
  const names = [...own.map(({ name }) => name), ...builtIn];
  // Lists beside it know of a request what it says: `proxy_auth` squid asks for in `http_access` alone.
  const besides = [
    ...own.filter(({ type }) => type !== 'proxy_auth' && type !== 'dst').map(({ name }) => name),
    'all',
    'CONNECT',
  ];
  const other = fc
    .constantFrom(
      ...['miss_access', 'http_reply_access', 'always_direct', 'never_direct', 'cache_peer_access up'],
    )
    .chain((name) => fc.array(line(besides, name), { minLength: 1, maxLength: 3 }));
  const parent = fc.constantFrom(
    [],
    [],
    [],
    ['cache_peer 10.0.0.5 parent 3129 0 no-query default name=up'],
    ['cache_peer 10.0.0.5 parent 3129 0 no-query default name=up', 'never_direct allow all'],
  );
  return fc
    .tuple(fc.array(line(names), { minLength: 1, maxLength: 8 }), parent, fc.array(other, { maxLength: 2 }))
    .map(([lines, peer, others]) => [
      ...lines,
      ...peer,
      ...others.flat().filter((one) => peer.length > 0 || !one.startsWith('cache_peer')),
    ])
    .map((lines) =>
      [
        // Its own, as Debian brings it: the lab replaces a helper that needs a domain, and so does this.
        'auth_param basic program /usr/lib/squid/basic_fake_auth',
        ...acls,
        ...lines,
        '',
      ].join('\n'),
    );
});

it.skipIf(!isThere)('what an import of squid.conf says of a request is what squid answers', () => {
  const confs = fc.sample(conf, {
    numRuns: Number(process.env.CONFS ?? 12),
    seed: Number(process.env.SEED ?? 31),
  });
  const input = JSON.stringify({ confs, requests, client, addresses });
  const script = fileURLToPath(new URL('ask-squid.mjs', import.meta.url));
  const answers = JSON.parse(
    execFileSync('unshare', [...unshare, process.execPath, script], { input, encoding: 'utf8' }),
  ) as string[][];
  let [judged, all] = [0, 0];
  for (const [index, text] of confs.entries()) {
    const { site } = squid.read({ file: 'squid.conf', text }, { serverAddress: client });
    const proxy = proxySchema.parse(site?.proxy);
    for (const [at, request] of requests.entries()) {
      all++;
      const answer = answers[index]?.[at];
      if (answer === undefined || notJudgedByProxy(proxy, request).length > 0) continue;
      judged++;
      const told = `${JSON.stringify(request)} under\n${text}`;
      expect(decideProxy(proxy, request, false).action, told).toBe(answer);
    }
  }
  console.log(`${judged} of ${all} requests judged, each as squid did`);
  // Of requests that may go past a parent nothing is judged.
  expect(judged / all).toBeGreaterThan(0.4);
});
