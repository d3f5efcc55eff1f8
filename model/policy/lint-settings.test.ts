import { expect, it } from 'vitest';
import { completeSite } from '../site/complete.js';
import type { SiteInput } from '../site/schema.js';
import { lintSite } from './lint-site.js';
import { hints } from './testing.js';

const proxy = (lists: object) => ({ proxy: { address: 'proxy.test:8080', ...lists } });
const rules = (...list: NonNullable<NonNullable<SiteInput['firewall']>['rules']>) => ({
  firewall: { rules: list },
});

it('says what bypass lists and PAC files mean in place of what they look like', () => {
  expect(
    hints(proxy({ bypass: ['.contoso.test', '*contoso.test', '*.contoso.test', '10.*', '<local>'] })),
  ).toEqual([
    'proxy.bypass: ".contoso.test" can never match: bypass lists know no leading dot (meant: *.contoso.test?)',
    'proxy.bypass: "*contoso.test" takes every name that ends so, evilcontoso.test too, which anybody may register (meant: *.contoso.test?)',
  ]);
  const file = `function FindProxyForURL(url, host) {
    if (dnsDomainIs(host, "contoso.test") || dnsDomainIs(host, ".contoso.test")) return "DIRECT";
    if (shExpMatch(host, '*.a.test|*.b.test') || dnsDomainIs(host, "contoso.test")) return "DIRECT";
    return "DIRECT";
  }`;
  expect(hints({ pac: { file } })).toEqual([
    'pac.file: dnsDomainIs(host, "contoso.test") is true for every name that ends so, evilcontoso.test too; ".contoso.test" is about those below it',
    `pac.file: shExpMatch(host, '*.a.test|*.b.test') is read in two ways: "|" is a character to Windows and here, and "or" to other programs`,
  ]);
});

it.each<[string, Partial<SiteInput>, string[]]>([
  [
    'entries of a list that another one covers',
    { inspection: { except: ['*.b.test', 'a.b.test', 'c.b.test', 'd.test'] } },
    ['inspection.except: "a.b.test", "c.b.test" say nothing: "*.b.test" covers them'],
  ],
  [
    'an entry beside one for every host, which may come last',
    { inspection: { except: ['a.test', 'any'] } },
    ['inspection.except: "a.test" says nothing: "any" covers it'],
  ],
  [
    'an entry of a list behind another list',
    { inspection: { except: ['*.b.test'], 'block-page': ['a.b.test'] } },
    [
      'inspection.block-page: "a.b.test" says nothing: "*.b.test" of inspection.except comes first and covers it',
    ],
  ],
  [
    'two entries of a list behind another list',
    { inspection: { except: ['*.b.test'], only: ['a.b.test', 'c.b.test', 'd.test'] } },
    [
      'inspection.only: "a.b.test", "c.b.test" say nothing: "*.b.test" of inspection.except comes first and covers them',
    ],
  ],
  [
    'an entry that never matches, once',
    { inspection: { except: ['b.test:443', 'b.test:443'] } },
    [
      'inspection.except: "b.test:443" has a port, and hosts are compared here: it can never match (meant: b.test?)',
    ],
  ],
  [
    'lists of other answers, of the firewall they are of',
    {
      firewalls: [
        { name: 'branch', default: 'allow' },
        { name: 'cloud', default: 'allow', 'names-from': 'dns', 'other-answers': ['a.test:443'] },
      ],
    },
    [
      'firewalls[1].other-answers: "a.test:443" has a port, and hosts are compared here: it can never match (meant: a.test?)',
    ],
  ],
  [
    'the list of other answers of a firewall alone',
    { firewall: { default: 'allow', 'names-from': 'dns', 'other-answers': ['a.test:443'] } },
    [
      'firewall.other-answers: "a.test:443" has a port, and hosts are compared here: it can never match (meant: a.test?)',
    ],
  ],
  [
    'a firewall of several, by its place',
    {
      firewalls: [
        { name: 'branch', default: 'allow' },
        { name: 'cloud', default: 'drop' },
      ],
    },
    [
      'firewalls[1].rules is empty and the default is drop: nothing is let through; { allow: documented } opens what the page asks for',
    ],
  ],
  [
    'the firewall of a server, by its place',
    { servers: [{ name: 'app-proxy-01' }, { name: 'app-proxy-02', 'host-firewall': { default: 'drop' } }] },
    [
      'servers[1].host-firewall.rules is empty and the default is drop: nothing is let through; { allow: documented } opens what the page asks for',
    ],
  ],
  [
    'a way of IPv6 that answers nobody',
    { link: { ipv6: 'silent' } },
    [
      'every new connection of a server to a public name waits 21 s for IPv6 before it goes by IPv4; mend the way of IPv6, or take its addresses and routes from the servers',
    ],
  ],
  ['a way of IPv6 that refuses, nothing', { link: { ipv6: 'refused' } }, []],
  ['ranges of addresses, nothing', rules({ allow: '10.0.0.0/8', port: 443 }, { allow: 'documented' }), []],
  [
    'a path that is nearly a row, that it is a path',
    rules({ allow: 'login.window.net/a', port: 443 }),
    ['firewall.rules: "login.window.net/a" has a path, and hosts are compared here: it can never match'],
  ],
  [
    'two rules that contradict one before',
    rules(
      { allow: 'x.test', port: 443 },
      { deny: 'x.test', port: 443 },
      { reject: 'x.test', port: 443 },
      { allow: 'x.test', port: 443 },
    ),
    [
      'firewall.rules: rules 2 to 3 ("deny x.test port 443", "reject x.test port 443") are contradicted and can never match: rule 1, "allow x.test port 443", always decides first',
      'firewall.rules: rule 4 ("allow x.test port 443") can never match: rule 1, "allow x.test port 443", always decides first',
    ],
  ],
  [
    'rules here and there behind one',
    rules(
      { allow: '*.x.test', port: 443 },
      { deny: 'a.x.test', port: 443 },
      { allow: 'y.test', port: 443 },
      { deny: 'b.x.test', port: 443 },
      { allow: 'z.test', port: 443 },
      { deny: 'c.x.test', port: 443 },
      { deny: 'd.x.test', port: 443 },
    ),
    [
      'firewall.rules: rules 2, 4 and 6 to 7 ("deny a.x.test port 443", "deny b.x.test port 443", "deny c.x.test port 443", "deny d.x.test port 443") can never match: rule 1, "allow *.x.test port 443", always decides first',
    ],
  ],
  [
    'more rules behind one than anybody wants to read',
    rules(
      { allow: '*.x.test', port: 443 },
      ...['a', 'b', 'c', 'd', 'e', 'f', 'g'].flatMap((name) => [
        { deny: `${name}.x.test`, port: 443 },
        { allow: `${name}.y.test`, port: 443 },
      ]),
    ),
    [
      'firewall.rules: rules 2, 4, 6, 8, 10 and others ("deny a.x.test port 443", "deny b.x.test port 443", "deny c.x.test port 443", "deny d.x.test port 443", "deny e.x.test port 443" and 2 more) can never match: rule 1, "allow *.x.test port 443", always decides first',
    ],
  ],
  [
    'five of a kind, each',
    { inspection: { only: [...'abcde'].map((name) => `${name}.test:1`) } },
    [
      `inspection.only: ${[...'abcde'].map((name) => `"${name}.test:1" has a port, and hosts are compared here: it can never match (meant: ${name}.test?)`).join('; ')}`,
    ],
  ],
  [
    'more of a kind than anybody wants to read',
    { inspection: { only: [...'abcdefg'].map((name) => `${name}.test:1`) } },
    [
      `inspection.only: ${[...'abcde'].map((name) => `"${name}.test:1" has a port, and hosts are compared here: it can never match (meant: ${name}.test?)`).join('; ')}; and 2 more`,
    ],
  ],
  [
    'a proxy that lets nothing through',
    proxy({ default: 'deny' }),
    [
      'proxy.rules is empty and the default is deny: nothing is let through; { allow: documented } opens what the page asks for',
    ],
  ],
  [
    'a parent proxy, by its place',
    proxy({ parent: { address: 'up.test:8080', default: 'deny' } }),
    [
      'proxy.parent.rules is empty and the default is deny: nothing is let through; { allow: documented } opens what the page asks for',
    ],
  ],
  [
    'what is nearly a row in the rules of a proxy that allow, not in those that refuse',
    proxy({ default: 'deny', rules: [{ deny: 'login.window.net' }, { allow: 'management.azur.com' }] }),
    [
      'proxy.rules: "management.azur.com" is on no row of the page; the nearest is management.azure.com (meant: management.azure.com?)',
    ],
  ],
  [
    'what a proxy excepts, where it can never match',
    proxy({ default: 'deny', rules: [{ allow: '*.a.test', except: ['b.a.test:443'] }] }),
    [
      'proxy.rules: "b.a.test:443" has a port, and hosts are compared here: it can never match (meant: b.a.test?)',
    ],
  ],
  [
    'rules of a proxy behind one for an account, a machine, or at some time, nothing',
    proxy({
      default: 'deny',
      rules: [
        { deny: '*.a.test', account: 'local-system' },
        { deny: '*.a.test', from: 'app-proxy-01' },
        { deny: '*.a.test', unclear: 'acl hours time MTWHF' },
        { deny: '*.a.test', match: 'one-label' },
        { deny: '*.a.test', except: ['x.a.test'] },
        { allow: 'b.c.a.test' },
        { allow: 'b.a.test', account: 'local-system', match: 'exact', from: 'app-proxy-01', unclear: 'more' },
      ],
    }),
    [
      'proxy.rules: rule 7 ("allow b.a.test match exact account local-system from app-proxy-01 if more") can never match: rule 1, "deny *.a.test account local-system", always decides first',
    ],
  ],
  [
    'one rule of a proxy that changes nothing, and one whose condition nobody knows',
    proxy({ rules: [{ deny: 'a.test' }, { allow: 'b.test' }, { allow: 'c.test', unclear: 'acl hours' }] }),
    [
      'proxy.rules: "allow b.test" changes nothing: what no rule is about is let through as well; `default: deny` closes it',
    ],
  ],
])('tells of %s', (_, site, expected) => {
  expect(hints(site)).toEqual(expected);
});

it('says of which server a setting is, and tells nothing of a name that is called for a list', () => {
  const file = `function FindProxyForURL(url, host) {
    if (dnsDomainIs(host, "10.0.0.1") || dnsDomainIs(host, "intranet") || dnsDomainIs(host, "a|b")) return "DIRECT";
    if (shExpMatch(host, "*.a.test") || dnsDomainIs(host, "b.test")) return "DIRECT";
    return "DIRECT";
  }`;
  const servers = [
    { name: 'app-proxy-01' },
    {
      name: 'app-proxy-02',
      'proxy-settings': {
        system: { bypass: ['.contoso.test', '.contoso.test'] },
        service: 'direct' as const,
      },
    },
  ];
  expect(hints({ ...proxy({}), servers, wpad: { file } })).toEqual([
    'wpad.file: dnsDomainIs(host, "b.test") is true for every name that ends so, evilb.test too; ".b.test" is about those below it',
    'servers[1].proxy-settings.system: ".contoso.test" can never match: bypass lists know no leading dot (meant: *.contoso.test?)',
  ]);
});

it('names the list or setting that each hint is about, and the first rule or entry', () => {
  const site = completeSite({
    site: 'x',
    link: { ipv6: 'silent' },
    inspection: { except: ['*.b.test', 'a.b.test', '*.d.test', 'c.d.test', 'e.d.test'] },
    firewall: {
      rules: [
        { allow: 'any', port: 443 },
        { allow: 'a.test', port: 443 },
      ],
    },
  });
  expect(lintSite(site)).toEqual([
    {
      ...{ place: 'inspection.except', rule: 'a.b.test' },
      message: 'inspection.except: "a.b.test" says nothing: "*.b.test" covers it',
    },
    {
      ...{ place: 'inspection.except', rule: 'c.d.test' },
      message: 'inspection.except: "c.d.test", "e.d.test" say nothing: "*.d.test" covers them',
    },
    {
      ...{ place: 'firewall.rules', rule: 'allow a.test port 443' },
      message:
        'firewall.rules: rule 2 ("allow a.test port 443") can never match: rule 1, "allow any port 443", always decides first',
    },
    { place: 'link.ipv6', rule: 'ipv6 silent', message: expect.stringContaining('waits 21 s') },
  ]);
});

it('calls a question of a proxy contradicted behind a rule that answers it', () => {
  expect(
    hints(
      proxy({
        authentication: 'basic',
        default: 'deny',
        rules: [{ allow: '*.a.test' }, { ask: '*.a.test' }],
      }),
    ),
  ).toEqual([
    'proxy.rules: rule 2 ("authentication basic for *.a.test") is contradicted and can never match: rule 1, "allow *.a.test", always decides first',
  ]);
});
