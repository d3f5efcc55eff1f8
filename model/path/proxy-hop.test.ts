import { expect, it } from 'vitest';
import type { ResultName } from '../evidence/vocabulary.js';
import type { SiteInput } from '../site/schema.js';
import type { WantedFlow } from './flow.js';
import { app, open } from './testing/inputs.js';
import { linesOf, walked } from './testing/lines.js';

type Proxy = NonNullable<SiteInput['proxy']>;
type Fault = NonNullable<NonNullable<SiteInput['resolver']>['faults']>[number];
const proxyAt = 'proxy.contoso.test:8080';
const pac = (answer: string) => ({
  ...open,
  pac: { file: `function FindProxyForURL() { return "${answer}"; }` },
});
const behind = (parent: Partial<NonNullable<Proxy['parent']>>) => ({
  ...open,
  proxy: { address: proxyAt, parent: { address: 'parent.contoso.test:3128', ...parent } },
});
const via = (more: Partial<Proxy>) => ({ ...open, proxy: { address: proxyAt, ...more } });
const list = { host: 'crl3.digicert.com', port: 80, stack: 'system' as const };
const faulty = (answer: Fault['answer'], address?: string) => ({
  faults: [{ name: '*.windows.net', answer, ...(address && { address }) }],
});

it.each<[string, Partial<SiteInput>, Partial<WantedFlow>, ResultName, string[]]>([
  [
    'they let it pass',
    via({}),
    {},
    'ok',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'resolver of proxy answer: login.windows.net is 198.18.64.9',
    ],
  ],
  [
    'a refusal',
    via({ rules: [{ deny: '*.windows.net' }] }),
    {},
    'proxy-403',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'proxy of proxy refuse "deny *.windows.net" → proxy-403: the proxy refuses login.windows.net port 443, by its rule 1',
      'resolver of proxy answer: login.windows.net is 198.18.64.9',
    ],
  ],
  [
    'a refusal with a page',
    via({ 'refuses-with': 'page', rules: [{ deny: '*.windows.net' }] }),
    {},
    'http-block-page',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'proxy of proxy refuse "deny *.windows.net" → http-block-page: the proxy refuses login.windows.net port 443, by its rule 1',
      'resolver of proxy answer: login.windows.net is 198.18.64.9',
    ],
  ],
  [
    'a refusal in the clear',
    via({ rules: [{ deny: '*.digicert.com' }] }),
    list,
    'proxy-403',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'proxy of proxy refuse "deny *.digicert.com" → proxy-403: the proxy refuses crl3.digicert.com port 80, by its rule 1',
      'resolver of proxy answer: crl3.digicert.com is 198.18.64.3',
    ],
  ],
  [
    'a page of the proxy in the clear',
    via({ 'refuses-with': 'page', rules: [{ deny: '*.digicert.com' }] }),
    list,
    'http-block-page',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'proxy of proxy refuse "deny *.digicert.com" → http-block-page answers: the proxy refuses crl3.digicert.com port 80, by its rule 1',
      'resolver of proxy answer: crl3.digicert.com is 198.18.64.3',
    ],
  ],
  [
    'a rule for plain requests is about no tunnel',
    via({ rules: [{ deny: '*.windows.net', method: 'plain' }] }),
    {},
    'ok',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'resolver of proxy answer: login.windows.net is 198.18.64.9',
    ],
  ],
  [
    'a question',
    via({ authentication: 'basic' }),
    {},
    'proxy-407',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'proxy of proxy challenge "authentication basic" → proxy-407: the proxy asks for Basic, and the request carries no name and password',
      'resolver of proxy answer: login.windows.net is 198.18.64.9',
    ],
  ],
  [
    'a rule for another account',
    via({ rules: [{ deny: 'any', account: 'local-system' }] }),
    {},
    'ok',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'resolver of proxy answer: login.windows.net is 198.18.64.9',
    ],
  ],
  [
    'a rule for this account and server',
    via({ rules: [{ deny: 'any', account: 'network-service', from: 'app-proxy-01' }] }),
    {},
    'proxy-403',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'proxy of proxy refuse "deny any account network-service from app-proxy-01" → proxy-403: the proxy refuses login.windows.net port 443, by its rule 1',
      'resolver of proxy answer: login.windows.net is 198.18.64.9',
    ],
  ],
  [
    'a rule of a proxy that nobody can judge',
    via({ rules: [{ deny: 'any', unclear: 'acl hours' }] }),
    {},
    'ok',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'proxy of proxy allow "default allow" or "deny any if acl hours": the proxy lets login.windows.net port 443 through, as everything that its only rule does not fit',
      'resolver of proxy answer: login.windows.net is 198.18.64.9',
    ],
  ],
  [
    'a parent that refuses',
    behind({ rules: [{ deny: '*.windows.net' }] }),
    {},
    'proxy-403',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'parent-proxy of parent-proxy refuse "deny *.windows.net" → proxy-403: the parent proxy refuses login.windows.net port 443, by its rule 1',
      'resolver of parent-proxy answer: login.windows.net is 198.18.64.9',
    ],
  ],
  [
    'a parent that asks',
    behind({ authentication: 'basic' }),
    {},
    'proxy-407',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'parent-proxy of parent-proxy challenge "authentication basic" → proxy-407: the parent proxy asks for Basic, and the request carries no name and password',
      'resolver of parent-proxy answer: login.windows.net is 198.18.64.9',
    ],
  ],
  [
    'the parent, asked by the server',
    { ...behind({}), ...pac('PROXY parent.contoso.test:3128') },
    {},
    'ok',
    [
      'server of app-proxy-01 send "pac PROXY parent.contoso.test:3128": the PAC file sends login.windows.net to parent.contoso.test:3128',
      'resolver of app-proxy-01 answer: parent.contoso.test is 198.18.2.11',
      'resolver of parent-proxy answer: login.windows.net is 198.18.64.9',
    ],
  ],
  [
    'another port of the proxy',
    { ...via({}), ...pac('PROXY proxy.contoso.test:8081') },
    {},
    'proxy-unreachable',
    [
      'server of app-proxy-01 send "pac PROXY proxy.contoso.test:8081": the PAC file sends login.windows.net to proxy.contoso.test:8081',
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'application-host of app-proxy-01 unreachable "nothing listens" → proxy-unreachable: nothing listens at 198.18.2.10 port 8081',
    ],
  ],
  [
    'what is no proxy, inside',
    { ...app(), ...pac('PROXY intranet.contoso.test:443') },
    {},
    'proxy-unreachable',
    [
      'server of app-proxy-01 send "pac PROXY intranet.contoso.test:443": the PAC file sends login.windows.net to intranet.contoso.test:443',
      'resolver of app-proxy-01 answer: intranet.contoso.test is 198.18.130.10',
      'application-host of app-proxy-01 refuse "no proxy" → proxy-unreachable: what listens at 198.18.130.10 port 443 is no proxy',
    ],
  ],
  [
    'a proxy that nobody knows',
    pac('PROXY gone.test:8080'),
    {},
    'proxy-unreachable',
    [
      'server of app-proxy-01 send "pac PROXY gone.test:8080": the PAC file sends login.windows.net to gone.test:8080',
      'resolver of app-proxy-01 misanswer → proxy-unreachable: the resolver says that there is no gone.test',
    ],
  ],
  [
    'a dead proxy before the way without one',
    pac('PROXY gone.test:8080; DIRECT'),
    {},
    'ok',
    [
      'server of app-proxy-01 send "pac PROXY gone.test:8080; DIRECT": the PAC file sends login.windows.net to gone.test:8080, then direct',
      'resolver of app-proxy-01 misanswer → past dns-nxdomain: the resolver says that there is no gone.test',
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
    ],
  ],
  [
    'what refuses the proxy itself',
    {
      proxy: { address: proxyAt },
      firewall: { rules: [{ allow: 'any', port: 'any', from: 'app-proxy-01' }] },
    },
    {},
    'tcp-drop',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'resolver of proxy answer: login.windows.net is 198.18.64.9',
      'edge-firewall of proxy drop "default drop" → tcp-drop',
    ],
  ],
  [
    'a name that the proxy does not learn',
    { ...open, proxy: { address: proxyAt }, resolver: faulty('nxdomain') },
    {},
    'dns-nxdomain',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'resolver of proxy misanswer "nxdomain *.windows.net" → dns-nxdomain: the resolver says that there is no login.windows.net',
    ],
  ],
])('what proxies make of a flow: %s', (_, input, flow, outcome, lines) => {
  const way = walked(input, flow);
  expect(way.outcome).toBe(outcome);
  expect(linesOf(way)).toEqual(lines);
});
