import { expect, it } from 'vitest';
import type { ResultName } from '../evidence/vocabulary.js';
import type { SiteInput } from '../site/schema.js';
import type { WantedFlow } from './flow.js';
import { app, open, own, toApp } from './testing/inputs.js';
import { linesOf, walked } from './testing/lines.js';

type Fault = NonNullable<NonNullable<SiteInput['resolver']>['faults']>[number];
const faulty = (answer: Fault['answer'], address?: string) => ({
  faults: [{ name: '*.windows.net', answer, ...(address && { address }) }],
});

it.each<[string, Partial<SiteInput>, Partial<WantedFlow>, ResultName, string[]]>([
  ['the resolver', open, {}, 'ok', ['resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9']],
  [
    'the resolver, which has no such name',
    open,
    { host: 'gone.test' },
    'dns-nxdomain',
    ['resolver of app-proxy-01 misanswer → dns-nxdomain: the resolver says that there is no gone.test'],
  ],
  [
    'the resolver, in capitals and with a dot at the end',
    open,
    { host: 'Login.Windows.Net.' },
    'ok',
    ['resolver of app-proxy-01 answer: Login.Windows.Net. is 198.18.64.9'],
  ],
  ['nobody, of an address', open, { host: '198.18.64.9' }, 'ok', []],
  [
    'the server itself, of localhost',
    open,
    { host: 'localhost', direct: true },
    'tcp-reject',
    [
      'server of app-proxy-01 answer: localhost is 127.0.0.1',
      'server of app-proxy-01 unreachable "nothing listens" → tcp-reject: nothing listens on app-proxy-01 itself (127.0.0.1 port 443)',
    ],
  ],
  [
    'a resolver that says that there is none',
    { ...open, resolver: faulty('nxdomain') },
    {},
    'dns-nxdomain',
    [
      'resolver of app-proxy-01 misanswer "nxdomain *.windows.net" → dns-nxdomain: the resolver says that there is no login.windows.net',
    ],
  ],
  [
    'a resolver that does not answer',
    { ...open, resolver: faulty('timeout') },
    {},
    'dns-timeout',
    [
      'resolver of app-proxy-01 misanswer "timeout *.windows.net" → dns-timeout: the resolver does not answer for login.windows.net',
    ],
  ],
  [
    'a resolver that answers an alias without its target',
    { ...open, resolver: faulty('no-chain') },
    {},
    'dns-nxdomain',
    [
      'resolver of app-proxy-01 misanswer "no-chain *.windows.net" → dns-nxdomain: the resolver says that there is no login.windows.net',
    ],
  ],
  [
    'a resolver that lies',
    { ...open, resolver: faulty('wrong-address', '198.18.9.9') },
    {},
    'dns-wrong-answer',
    [
      'resolver of app-proxy-01 misanswer "wrong-address *.windows.net" → dns-wrong-answer isAstray: the resolver says that login.windows.net is 198.18.9.9, which it is not',
    ],
  ],
  [
    'a zone that hides the public names',
    { ...open, resolver: { zones: { 'windows.net': '198.18.20.0/24' } } },
    {},
    'dns-nxdomain',
    [
      'resolver of app-proxy-01 misanswer "zone windows.net" → dns-nxdomain: the resolver says that there is no login.windows.net',
    ],
  ],
  [
    'a line of the hosts file that is right',
    own({ hosts: { 'login.windows.net': '198.18.64.9' } }),
    {},
    'ok',
    [
      'server of app-proxy-01 answer "hosts 198.18.64.9 login.windows.net": the hosts file of app-proxy-01 says that login.windows.net is 198.18.64.9',
    ],
  ],
  [
    'a line of the hosts file that is wrong',
    own({ hosts: { 'Login.windows.net': '198.18.9.9' } }),
    {},
    'dns-wrong-answer',
    [
      'server of app-proxy-01 misanswer "hosts 198.18.9.9 Login.windows.net" → dns-wrong-answer isAstray: the hosts file of app-proxy-01 says that login.windows.net is 198.18.9.9, which it is not',
    ],
  ],
  [
    'a line of the hosts file with a real address',
    own({ hosts: { 'login.windows.net': '20.190.159.4' } }),
    {},
    'ok',
    [
      'server of app-proxy-01 answer "hosts 20.190.159.4 login.windows.net" or "hosts 20.190.159.4 login.windows.net": the hosts file of app-proxy-01 has a real address for login.windows.net; the lab asks the resolver',
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
    ],
  ],
  [
    'a line of the hosts file for a name that nobody else knows',
    own({ hosts: { 'gone.test': '198.18.9.9' } }),
    { host: 'gone.test', direct: true },
    'tcp-reject',
    [
      'server of app-proxy-01 answer "hosts 198.18.9.9 gone.test": the hosts file of app-proxy-01 says that gone.test is 198.18.9.9',
      'cloud of app-proxy-01 unreachable "nothing listens" → tcp-reject: nothing listens at 198.18.9.9 port 443',
    ],
  ],
  [
    'a resolver of its own',
    own({ resolver: {} }),
    {},
    'ok',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9, says the resolver that app-proxy-01 asks',
    ],
  ],
  [
    'a resolver of its own, which does not answer',
    own({ resolver: faulty('timeout') }),
    {},
    'dns-timeout',
    [
      'resolver of app-proxy-01 misanswer "timeout *.windows.net" → dns-timeout: the resolver that app-proxy-01 asks does not answer for login.windows.net',
    ],
  ],
  [
    'a resolver of its own, which lies',
    own({ resolver: faulty('wrong-address') }),
    {},
    'dns-wrong-answer',
    [
      'resolver of app-proxy-01 misanswer "wrong-address *.windows.net" → dns-wrong-answer isAstray: the resolver that app-proxy-01 asks says that login.windows.net is 198.18.255.1, which it is not',
    ],
  ],
  [
    'a resolver of its own, which does not know the site',
    { ...app(), servers: [{ name: 'app-proxy-01', resolver: { 'site-names': false } }] },
    toApp,
    'dns-nxdomain',
    [
      'resolver of app-proxy-01 misanswer → dns-nxdomain: the resolver that app-proxy-01 asks says that there is no intranet.contoso.test',
    ],
  ],
  [
    'a short name, with the suffix of the domain',
    app(),
    { ...toApp, host: 'intranet' },
    'ok',
    ['resolver of app-proxy-01 answer: intranet is 198.18.130.10, as intranet.contoso.test'],
  ],
  [
    'a short name, with the second suffix',
    { ...app(), servers: [{ name: 'app-proxy-01', search: ['corp.test', 'contoso.test'] }] },
    { ...toApp, host: 'intranet' },
    'ok',
    ['resolver of app-proxy-01 answer: intranet is 198.18.130.10, as intranet.contoso.test'],
  ],
  [
    'a short name that no suffix finds',
    { ...app(), servers: [{ name: 'app-proxy-01', search: ['corp.test', 'emea.test'] }] },
    { ...toApp, host: 'intranet' },
    'dns-nxdomain',
    [
      'server of app-proxy-01 misanswer "search intranet below corp.test emea.test" → dns-nxdomain: app-proxy-01 looks for intranet below corp.test, emea.test, and it is not there',
    ],
  ],
  [
    'a short name, and no suffix',
    { ...app(), servers: [{ name: 'app-proxy-01', search: [] }] },
    { ...toApp, host: 'intranet' },
    'dns-nxdomain',
    [
      'server of app-proxy-01 misanswer "search intranet below nothing" → dns-nxdomain: app-proxy-01 has no suffix with which to look for intranet',
    ],
  ],
  [
    'a short name that the resolver does not have',
    open,
    { host: 'printer', direct: true },
    'dns-nxdomain',
    [
      'resolver of app-proxy-01 misanswer → dns-nxdomain: the resolver says that there is no printer, as printer.contoso.test',
    ],
  ],
  [
    'a short name for which the resolver does not answer',
    { ...app(), resolver: { faults: [{ name: 'intranet.contoso.test', answer: 'timeout' }] } },
    { ...toApp, host: 'intranet' },
    'dns-timeout',
    [
      'resolver of app-proxy-01 misanswer "timeout intranet.contoso.test" → dns-timeout: the resolver does not answer for intranet, as intranet.contoso.test',
    ],
  ],
  [
    'a short name of the hosts file',
    { ...app(), servers: [{ name: 'app-proxy-01', hosts: { intranet: '198.18.9.9' } }] },
    { ...toApp, host: 'intranet' },
    'dns-wrong-answer',
    [
      'server of app-proxy-01 misanswer "hosts 198.18.9.9 intranet" → dns-wrong-answer isAstray: the hosts file of app-proxy-01 says that intranet is 198.18.9.9, which it is not',
    ],
  ],
  [
    'localhost in the hosts file, where the application runs',
    {
      ...app({ internal: 'https://portal.contoso.test/', 'runs-on': ['app-proxy-01'] }),
      servers: [{ name: 'app-proxy-01', hosts: { 'portal.contoso.test': '127.0.0.1' } }],
    },
    { ...toApp, host: 'portal.contoso.test' },
    'ok',
    [
      'server of app-proxy-01 answer "hosts 127.0.0.1 portal.contoso.test": the hosts file of app-proxy-01 says that portal.contoso.test is 127.0.0.1',
    ],
  ],
  [
    'localhost in the hosts file, where it does not run',
    { ...app(), servers: [{ name: 'app-proxy-01', hosts: { 'intranet.contoso.test': '127.0.0.1' } }] },
    toApp,
    'dns-wrong-answer',
    [
      'server of app-proxy-01 misanswer "hosts 127.0.0.1 intranet.contoso.test" → dns-wrong-answer isAstray: the hosts file of app-proxy-01 says that intranet.contoso.test is 127.0.0.1, which it is not',
    ],
  ],
])('who tells a server where a name leads: %s', (_, input, flow, outcome, lines) => {
  const way = walked(input, flow);
  expect(way.outcome).toBe(outcome);
  expect(linesOf(way)).toEqual(lines);
});
