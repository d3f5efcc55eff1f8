import { expect, it } from 'vitest';
import type { SiteInput } from '../site/schema.js';
import { hints } from './testing.js';

const proxy = (lists: object) => ({ proxy: { address: 'proxy.test:8080', ...lists } });
const rules = (...list: NonNullable<NonNullable<SiteInput['firewall']>['rules']>) => ({
  firewall: { rules: list },
});

it('has nothing to say about sites as documented, and as documented but', () => {
  expect(hints({})).toEqual([]);
  expect(hints({ cloud: { environment: 'us-government' } })).toEqual([]);
  expect(hints(rules({ deny: '*.digicert.com', port: 80 }, { allow: 'documented' }))).toEqual([]);
  expect(
    hints({
      ...proxy({
        authentication: 'basic',
        rules: [{ ask: 'any', except: ['documented'] }, { allow: 'documented' }],
        default: 'deny',
      }),
      inspection: { except: ['documented'] },
    }),
  ).toEqual([]);
});

it.each<[string, Partial<SiteInput>, string[]]>([
  [
    'a URL list pasted into the proxy',
    proxy({
      rules: [{ allow: ['https://*.msappproxy.net', '*.servicebus.windows.net:443', 'a.test/b', '*'] }],
      default: 'deny',
    }),
    [
      'proxy.rules: "https://*.msappproxy.net" has a scheme, and hosts are compared here: it can never match (meant: *.msappproxy.net?); ' +
        '"*.servicebus.windows.net:443" has a port, and hosts are compared here: it can never match (meant: *.servicebus.windows.net?); ' +
        '"a.test/b" has a path, and hosts are compared here: it can never match',
    ],
  ],
  [
    'a path in a rule as in a list: the host is more than was written',
    rules({ allow: ['a.test/b', 'www.microsoft.com/pkiops'], port: 80 }),
    [
      'firewall.rules: "a.test/b" has a path, and hosts are compared here: it can never match; ' +
        '"www.microsoft.com/pkiops" has a path, and hosts are compared here: it can never match (meant: www.microsoft.com?)',
    ],
  ],
  [
    'rules that are about nothing that a connector does',
    rules(
      { deny: 'any', port: 443, protocol: 'udp' },
      { allow: 'any', from: ['10.0.0.0/8', '192.168.1.0/255.255.255.0'] },
      { allow: 'documented', from: '198.18.1.10' },
    ),
    [
      'firewall.rules: "deny any port 443 protocol udp" is about UDP, and connectors speak TCP: it never decides',
      'firewall.rules: "allow any from 10.0.0.0/8,192.168.1.0/255.255.255.0" never decides: no machine of the site is in 10.0.0.0/8, 192.168.1.0/255.255.255.0; the lab\'s servers are at 198.18.1.10 and on, and a rule can name them',
    ],
  ],
  [
    'kinds of match in lists',
    {
      inspection: {
        except: [
          { host: '*.msappproxy.net', match: 'one-label' },
          { host: 'digicert.com', match: 'ends-with' },
          { host: 'b.test:443', match: 'one-label' },
        ],
      },
      ...proxy({
        rules: [
          {
            deny: [
              { host: '*.c.test', match: 'suffix' },
              { host: '*.c.test', match: 'one-label' },
            ],
          },
        ],
      }),
    },
    [
      'proxy.rules: rule 1 ("deny *.c.test (2 of 2)") can never match: rule 1, "deny *.c.test (1 of 2)", always decides first',
      'inspection.except: "*.msappproxy.net" is one label deep; the page\'s row *.msappproxy.net is about names at any depth below msappproxy.net',
      'inspection.except: "digicert.com" takes every name that ends so, evildigicert.com too, which anybody may register (meant: *.digicert.com?)',
      'inspection.except: "b.test:443" has a port, and hosts are compared here: it can never match (meant: b.test?)',
    ],
  ],
  [
    'a path of which the page asks for the host',
    { inspection: { except: ['http://www.microsoft.com/pkiops'] } },
    [
      'inspection.except: "http://www.microsoft.com/pkiops" has a scheme and a path, and hosts are compared here: it can never match (meant: www.microsoft.com?)',
    ],
  ],
  [
    'addresses and service tags among names',
    proxy({ rules: [{ deny: ['198.18.64.0/18', 'ServiceBus', '198.18.64.1'] }] }),
    [
      'proxy.rules: "198.18.64.0/18" stands for addresses, and names are compared here: it can never match; ' +
        '"ServiceBus" stands for a service tag, and names are compared here: it can never match',
    ],
  ],
  [
    'every list',
    {
      inspection: { only: ['a.test:443'], except: ['b.test:443'], 'block-page': ['c.test:443'] },
      'syn-proxy': { resets: ['d.test:443'] },
      resolver: { faults: [{ name: 'e.test:443', answer: 'timeout' }] },
    },
    [
      'syn-proxy.resets: "d',
      'inspection.except: "b',
      'inspection.only: "a',
      'inspection.block-page: "c',
      'resolver.faults: "e',
    ].map(
      (begin) =>
        `${begin}.test:443" has a port, and hosts are compared here: it can never match (meant: ${begin.at(-1)}.test?)`,
    ),
  ],
  [
    'a list in which one entry is every host',
    proxy({
      rules: [{ deny: 'b.test' }, { allow: ['a.test', 'any', '*.b.test'] }],
      default: 'deny',
    }),
    [
      'proxy.rules: rule 2 ("allow *.b.test (3 of 3)") can never match: rule 2, "allow any (2 of 3)", always decides first',
    ],
  ],
  [
    'an entry that another list decides before',
    proxy({ rules: [{ deny: '*.b.test' }, { allow: ['a.b.test', 'c.test'] }], default: 'deny' }),
    [
      'proxy.rules: rule 2 ("allow a.b.test (1 of 2)") can never match: rule 1, "deny *.b.test", always decides first',
    ],
  ],
  [
    'rules behind one about everything, together',
    rules(
      { allow: 'any', port: [80, 443], name: 'all' },
      { allow: '*.msappproxy.net', port: 443 },
      { allow: 'documented' },
      { allow: 'x.test', port: 80 },
      { deny: 'y.test', port: 8080 },
    ),
    [
      expect.stringMatching(
        /^firewall\.rules: rules 2 to 4 \("allow \*\.msappproxy\.net port 443", .*\) can never match: rule 1, "all", always decides first$/,
      ),
    ],
  ],
  [
    'two rules that contradict each other',
    rules({ allow: 'x.test', port: 443 }, { deny: 'x.test', port: 443 }),
    [
      'firewall.rules: rule 2 ("deny x.test port 443") is contradicted and can never match: rule 1, "allow x.test port 443", always decides first',
    ],
  ],
  [
    'a list of rules without any',
    { firewall: { default: 'drop' } },
    [
      'firewall.rules is empty and the default is drop: nothing is let through; { allow: documented } opens what the page asks for',
    ],
  ],
  [
    'rules of a proxy that change nothing',
    proxy({ rules: [{ deny: 'a.test' }, { allow: ['b.test', 'c.test'] }] }),
    [
      'proxy.rules: "allow b.test", "allow c.test" change nothing: what no rule is about is let through as well; `default: deny` closes it',
    ],
  ],
  [
    'rules of a proxy that never decide, however it is asked',
    proxy({
      rules: [
        { deny: '*.a.test', method: 'connect' },
        { allow: 'x.a.test' },
        { deny: '.a.test', method: 'plain' },
        { deny: ['y.a.test', 'z.a.test'], port: 443 },
        { deny: 'any', except: ['b.test'] },
        { deny: 'c.test' },
      ],
    }),
    [
      'proxy.rules: rule 4 ("deny z.a.test port 443 (2 of 2)") can never match: rule 1, "deny *.a.test method connect", always decides first',
    ],
  ],
  [
    'rules behind a question, for who can answer it',
    proxy({
      authentication: ['negotiate'],
      default: 'deny',
      rules: [{ allow: 'a.test' }, { ask: 'any' }, { allow: 'b.test' }, { deny: 'a.test' }],
    }),
    [
      'proxy.rules: rule 4 ("deny a.test") is contradicted and can never match: rule 1, "allow a.test", always decides first',
    ],
  ],
  [
    'a star without a dot: never wider than what is written',
    rules({ allow: '*servicebus.windows.net', port: 443 }),
    [
      'firewall.rules: "*servicebus.windows.net" takes every name that ends so, evilservicebus.windows.net too, which anybody may register (meant: *.servicebus.windows.net?)',
    ],
  ],
])('tells of %s', (_, site, expected) => {
  expect(hints(site)).toEqual(expected);
});

it.each<[rule: object, hint: string | undefined]>([
  [
    { allow: '*.msapproxy.net' },
    '"*.msapproxy.net" is on no row of the page; the nearest is *.msappproxy.net (meant: *.msappproxy.net?)',
  ],
  [{ allow: 'msapproxy.net' }, '"msapproxy.net" is on no row of the page; the nearest is *.msappproxy.net'],
  [
    { allow: 'login.window.net' },
    '"login.window.net" is on no row of the page; the nearest is login.windows.net (meant: login.windows.net?)',
  ],
  [
    { allow: 'msappproxy.net' },
    '"msappproxy.net" is that name alone; the page\'s row is *.msappproxy.net, every name below it',
  ],
  [
    { allow: '*.msappproxy.net', match: 'one-label' },
    '"*.msappproxy.net" is one label deep; the page\'s row *.msappproxy.net is about names at any depth below msappproxy.net',
  ],
  [
    { allow: '*.crl3.digicert.com' },
    '"*.crl3.digicert.com" is about names below crl3.digicert.com, never about crl3.digicert.com itself, which the page names (meant: crl3.digicert.com?)',
  ],
  [
    { allow: 'www.management.azure.com' },
    '"www.management.azure.com" is not management.azure.com, the host that the page names (meant: management.azure.com?)',
  ],
  // As good as the page's rows, or wider, or about something else.
  [{ allow: '.msappproxy.net' }, undefined],
  [{ allow: '.crl3.digicert.com' }, undefined],
  [{ allow: '*.windows.net' }, undefined],
  [{ allow: 'g1.servicebus.windows.net' }, undefined],
  [{ allow: 'updates.contoso.com' }, undefined],
  [{ deny: '*.msapproxy.net' }, undefined],
])('knows what %j nearly is on the page', (rule, hint) => {
  expect(hints(rules({ port: 443, ...rule }))).toEqual(hint === undefined ? [] : [`firewall.rules: ${hint}`]);
});
