import { expect, it } from 'vitest';
import type { ResultName } from '../evidence/vocabulary.js';
import type { SiteInput } from '../site/schema.js';
import type { WantedFlow } from './flow.js';
import { app, open, own, toApp } from './testing/inputs.js';
import { linesOf, walked } from './testing/lines.js';

const proxyAt = 'proxy.contoso.test:8080';

it.each<[string, Partial<SiteInput>, Partial<WantedFlow>, ResultName, string[]]>([
  [
    'one that answers itself, and lets it pass',
    { ...open, 'syn-proxy': { resets: ['*.digicert.com'] } },
    {},
    'ok',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'syn-proxy of app-proxy-01 allow "allow *": nothing is said against login.windows.net',
    ],
  ],
  [
    'one that answers itself, and resets',
    { ...open, 'syn-proxy': { resets: ['*.windows.net'] } },
    {},
    'sni-block',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'syn-proxy of app-proxy-01 reset "reset *.windows.net" → sni-block: login.windows.net was read in the ClientHello, and is not allowed',
    ],
  ],
  [
    'one that answers itself, in the clear',
    { ...open, 'syn-proxy': { resets: ['*.digicert.com'] } },
    { host: 'crl3.digicert.com', port: 80 },
    'ok',
    ['resolver of app-proxy-01 answer: crl3.digicert.com is 198.18.64.3'],
  ],
  [
    'IPv6 that is silent',
    { ...open, link: { ipv6: 'silent' } },
    {},
    'ok',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'link of app-proxy-01 delay "ipv6 silent" → past tcp-drop: login.windows.net has an address of IPv6, too, which is tried first, and nobody answers there',
    ],
  ],
  [
    'IPv6 that is refused',
    { ...open, link: { ipv6: 'refused' } },
    {},
    'ok',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'link of app-proxy-01 delay "ipv6 refused" → past tcp-reject: login.windows.net has an address of IPv6, too, which is tried first, and it is refused there',
    ],
  ],
  [
    'IPv6, of which a hosts file knows nothing',
    { ...own({ hosts: { 'login.windows.net': '198.18.64.9' } }), link: { ipv6: 'silent' } },
    {},
    'ok',
    [
      'server of app-proxy-01 answer "hosts 198.18.64.9 login.windows.net": the hosts file of app-proxy-01 says that login.windows.net is 198.18.64.9',
    ],
  ],
  [
    'IPv6, of which an address knows nothing',
    { ...open, link: { ipv6: 'silent' } },
    { host: '198.18.64.9' },
    'ok',
    [],
  ],
  [
    'IPv6, which a proxy does not try',
    { ...open, proxy: { address: proxyAt }, link: { ipv6: 'silent' } },
    {},
    'ok',
    [
      'resolver of app-proxy-01 answer: proxy.contoso.test is 198.18.2.10',
      'resolver of proxy answer: login.windows.net is 198.18.64.9',
    ],
  ],
  [
    'a narrow line',
    { ...open, link: { mtu: 1400 } },
    {},
    'tcp-drop',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'link of app-proxy-01 drop "mtu 1400" → tcp-drop: packets of more than 1400 bytes vanish, and ICMP, which would say so, is blocked',
    ],
  ],
  [
    'a narrow line, in the clear',
    { ...open, link: { mtu: 1400 } },
    { host: 'crl3.digicert.com', port: 80 },
    'ok',
    ['resolver of app-proxy-01 answer: crl3.digicert.com is 198.18.64.3'],
  ],
  [
    'a narrow line, behind which nobody listens',
    { ...open, link: { mtu: 1400 } },
    { host: 'crl3.digicert.com' },
    'tcp-reject',
    [
      'resolver of app-proxy-01 answer: crl3.digicert.com is 198.18.64.3',
      'cloud of app-proxy-01 unreachable "nothing listens" → tcp-reject: nothing listens at 198.18.64.3 port 443',
    ],
  ],
  [
    'a narrow line, and TLS that is refused before',
    { ...own({ tls: '1.1' }), link: { mtu: 1400 } },
    {},
    'tls-protocol-version',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'server of app-proxy-01 refuse "tls 1.1" → tls-protocol-version: app-proxy-01 offers TLS 1.1, and the cloud takes TLS 1.2 and later',
    ],
  ],
  [
    'a narrow line that does not lead inside',
    { ...app(), link: { mtu: 1400 } },
    toApp,
    'ok',
    ['resolver of app-proxy-01 answer: intranet.contoso.test is 198.18.130.10'],
  ],
  [
    'a line that loses everything',
    { ...open, link: { loss: '100%' } },
    {},
    'tcp-drop',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'link of app-proxy-01 lose "loss 100%" → tcp-drop: the link loses every packet',
    ],
  ],
  [
    'a line that loses much',
    { ...open, link: { loss: '99%' } },
    {},
    'ok',
    ['resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9'],
  ],
  [
    'a firewall of the server, for what is inside, too',
    {
      ...app(),
      servers: [{ name: 'app-proxy-01', 'host-firewall': { default: 'reject', rules: [] } }],
      firewall: { default: 'drop' },
    },
    toApp,
    'tcp-reject',
    [
      'resolver of app-proxy-01 answer: intranet.contoso.test is 198.18.130.10',
      'host-firewall of app-proxy-01 reject "default reject" → tcp-reject',
    ],
  ],
  [
    'firewalls whose rules are about an account',
    {
      firewall: {
        rules: [
          { deny: 'any', account: 'local-system' },
          { allow: 'any', from: 'app-proxy-01', account: 'network-service' },
        ],
      },
    },
    {},
    'ok',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'edge-firewall of app-proxy-01 allow "allow any account network-service from app-proxy-01" #1',
    ],
  ],
])('what stands between a site and the internet: %s', (_, input, flow, outcome, lines) => {
  const way = walked(input, flow);
  expect(way.outcome).toBe(outcome);
  expect(linesOf(way)).toEqual(lines);
});
