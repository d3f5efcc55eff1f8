import { expect, it } from 'vitest';
import type { ResultName } from '../evidence/vocabulary.js';
import type { SiteInput } from '../site/schema.js';
import type { WantedFlow } from './flow.js';
import { open } from './testing/inputs.js';
import { linesOf, walked } from './testing/lines.js';

type Inspection = NonNullable<SiteInput['inspection']>;
const proxyAt = 'proxy.contoso.test:8080';
const insp = (more: Partial<Inspection>) => ({
  ...open,
  inspection: { authority: 'Contoso CA', 'trusted-by-server': true, ...more },
});
const reading = (more: Partial<Inspection>) => ({
  ...insp({ at: 'proxy', ...more }),
  proxy: { address: proxyAt },
  servers: [{ name: 'app-proxy-01', revocation: 'hard-fail' as const }],
});
const list = { host: 'crl3.digicert.com', port: 80, stack: 'system' as const };

it.each<[string, Partial<SiteInput>, Partial<WantedFlow>, ResultName, string[]]>([
  [
    'at the proxy, trusted',
    reading({}),
    {},
    'ok',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'inspector of proxy inspect "inspect *" namesList: login.windows.net is not exempt from inspection',
      'resolver of proxy answer: login.windows.net is 198.18.64.9',
    ],
  ],
  [
    'at the proxy, not trusted',
    reading({ 'trusted-by-server': false }),
    {},
    'tls-untrusted-issuer',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'inspector of proxy inspect "inspect *" → tls-untrusted-issuer: login.windows.net is inspected by the proxy, and app-proxy-01 does not trust "Contoso CA"',
      'resolver of proxy answer: login.windows.net is 198.18.64.9',
    ],
  ],
  [
    'at the proxy, without a list',
    reading({ 'revocation-info': false }),
    {},
    'tls-no-revocation-info',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'inspector of proxy inspect "inspect *" → tls-no-revocation-info: login.windows.net is inspected by the proxy, and the certificate made for it names no revocation list',
      'resolver of proxy answer: login.windows.net is 198.18.64.9',
    ],
  ],
  [
    'at the proxy, a page of its own',
    reading({ 'block-page': ['login.windows.net'] }),
    {},
    'http-block-page',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'inspector of proxy inspect "inspect *": login.windows.net is not exempt from inspection',
      'resolver of proxy answer: login.windows.net is 198.18.64.9',
      'inspector of proxy block-page "block-page login.windows.net" → http-block-page namesList: login.windows.net is answered with a page of the inspector\'s own',
    ],
  ],
  [
    'at the proxy, a certificate of the connector',
    reading({}),
    { needs: 'client-certificate' },
    'tls-client-certificate-lost',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'inspector of proxy inspect "inspect *": login.windows.net is not exempt from inspection',
      'resolver of proxy answer: login.windows.net is 198.18.64.9',
      'inspector of proxy inspect "inspect *" → tls-client-certificate-lost namesList: login.windows.net is inspected by the proxy, and the connector\'s certificate cannot pass',
    ],
  ],
  [
    'at the proxy, an upgrade',
    reading({ websocket: 'strip-upgrade' }),
    { needs: 'websocket' },
    'websocket-upgrade-refused',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'inspector of proxy inspect "inspect *": login.windows.net is not exempt from inspection',
      'resolver of proxy answer: login.windows.net is 198.18.64.9',
      'inspector of proxy strip-upgrade "websocket strip-upgrade" → websocket-upgrade-refused namesList: login.windows.net is inspected by the proxy, and the upgrade to WebSocket is removed',
    ],
  ],
  [
    'at the proxy, in the clear',
    reading({}),
    list,
    'ok',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'resolver of proxy answer: crl3.digicert.com is 198.18.64.3',
    ],
  ],
  [
    'at the proxy, an exemption',
    reading({ except: ['login.windows.net'] }),
    {},
    'ok',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'inspector of proxy bypass "except login.windows.net": login.windows.net is exempt from inspection',
      'resolver of proxy answer: login.windows.net is 198.18.64.9',
    ],
  ],
  [
    'at the proxy, a page of its own and no list, to who does not insist',
    {
      ...reading({ 'block-page': ['login.windows.net'], 'revocation-info': false }),
      servers: [{ name: 'app-proxy-01' }],
    },
    {},
    'http-block-page',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'inspector of proxy inspect "inspect *": login.windows.net is not exempt from inspection',
      'resolver of proxy answer: login.windows.net is 198.18.64.9',
      'inspector of proxy block-page "block-page login.windows.net" → http-block-page: login.windows.net is answered with a page of the inspector\'s own',
    ],
  ],
  [
    'at the proxy, past which the flow goes',
    { ...insp({ at: 'proxy' }), proxy: { address: proxyAt, bypass: ['*.windows.net'] } },
    {},
    'ok',
    [
      'server of app-proxy-01 send "bypass *.windows.net": the bypass list of the service stack sends login.windows.net direct ("*.windows.net")',
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
    ],
  ],
  [
    'at a proxy that is dead to the server',
    {
      ...insp({ at: 'proxy' }),
      proxy: { address: proxyAt },
      servers: [{ name: 'app-proxy-01', 'host-firewall': { default: 'drop' } }],
    },
    {},
    'proxy-unreachable',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'host-firewall of app-proxy-01 drop "default drop" → proxy-unreachable',
      'inspector of proxy inspect "inspect *" namesList: login.windows.net is not exempt from inspection',
      'resolver of proxy answer: login.windows.net is 198.18.64.9',
    ],
  ],
  [
    'one that reads refuses inside',
    { ...insp({ at: 'proxy' }), proxy: { address: proxyAt, rules: [{ deny: '*.windows.net' }] } },
    {},
    'proxy-403',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'proxy of proxy refuse "deny *.windows.net" → proxy-403 answers: the proxy refuses login.windows.net port 443, by its rule 1',
      'inspector of proxy inspect "inspect *" namesList: login.windows.net is not exempt from inspection',
      'resolver of proxy answer: login.windows.net is 198.18.64.9',
    ],
  ],
  [
    'one that reads, which is not trusted, refuses inside',
    {
      ...insp({ at: 'proxy', 'trusted-by-server': false }),
      proxy: { address: proxyAt, rules: [{ deny: '*.windows.net' }] },
    },
    {},
    'tls-untrusted-issuer',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'proxy of proxy refuse "deny *.windows.net" → tls-untrusted-issuer answers: the proxy refuses login.windows.net port 443, by its rule 1',
      'inspector of proxy inspect "inspect *" → tls-untrusted-issuer: login.windows.net is inspected by the proxy, and app-proxy-01 does not trust "Contoso CA"',
      'resolver of proxy answer: login.windows.net is 198.18.64.9',
    ],
  ],
  [
    'one that reads refuses on another port',
    { ...insp({ at: 'proxy' }), proxy: { address: proxyAt, rules: [{ deny: '*.windows.net', port: 8443 }] } },
    { port: 8443 },
    'proxy-403',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'proxy of proxy refuse "deny *.windows.net port 8443" → proxy-403: the proxy refuses login.windows.net port 8443, by its rule 1',
      'resolver of proxy answer: login.windows.net is 198.18.64.9',
      'cloud of proxy unreachable "nothing listens" → tcp-reject: nothing listens at 198.18.64.9 port 8443',
    ],
  ],
  [
    'one that reads asks',
    { ...insp({ at: 'proxy' }), proxy: { address: proxyAt, authentication: 'basic' } },
    {},
    'proxy-407',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'proxy of proxy challenge "authentication basic" → proxy-407: the proxy asks for Basic, and the request carries no name and password',
      'inspector of proxy inspect "inspect *" namesList: login.windows.net is not exempt from inspection',
      'resolver of proxy answer: login.windows.net is 198.18.64.9',
    ],
  ],
])('what inspection makes of a flow: %s', (_, input, flow, outcome, lines) => {
  const way = walked(input, flow);
  expect(way.outcome).toBe(outcome);
  expect(linesOf(way)).toEqual(lines);
});
