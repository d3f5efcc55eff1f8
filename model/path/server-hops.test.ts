import { expect, it } from 'vitest';
import type { ResultName } from '../evidence/vocabulary.js';
import type { SiteInput } from '../site/schema.js';
import type { WantedFlow } from './flow.js';
import { app, open, own, toApp } from './testing/inputs.js';
import { linesOf, walked } from './testing/lines.js';

const list = { host: 'crl3.digicert.com', port: 80, stack: 'system' as const };

it.each<[string, Partial<SiteInput>, Partial<WantedFlow>, ResultName, string[]]>([
  [
    'a server that speaks too old TLS to the cloud',
    own({ tls: '1.1' }),
    {},
    'tls-protocol-version',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'server of app-proxy-01 refuse "tls 1.1" → tls-protocol-version: app-proxy-01 offers TLS 1.1, and the cloud takes TLS 1.2 and later',
    ],
  ],
  [
    'nothing old, in the clear',
    own({ tls: '1.1' }),
    list,
    'ok',
    ['resolver of app-proxy-01 answer: crl3.digicert.com is 198.18.64.3'],
  ],
  [
    'a server that speaks too old TLS to an application',
    { ...app(), servers: [{ name: 'app-proxy-01', tls: '1.1' }] },
    toApp,
    'tls-protocol-version',
    [
      'resolver of app-proxy-01 answer: intranet.contoso.test is 198.18.130.10',
      'server of app-proxy-01 refuse "tls 1.1" → tls-protocol-version: app-proxy-01 offers TLS 1.1, and intranet.contoso.test takes TLS 1.2 and later',
    ],
  ],
  [
    'nothing old, to an application in the clear',
    {
      ...app({ internal: 'http://intranet.contoso.test/' }),
      servers: [{ name: 'app-proxy-01', tls: '1.1' }],
    },
    { ...toApp, port: 80 },
    'ok',
    ['resolver of app-proxy-01 answer: intranet.contoso.test is 198.18.130.10'],
  ],
  [
    'nothing old, to what is no application of the site',
    { ...open, servers: [{ name: 'app-proxy-01', tls: '1.1' }] },
    { direct: true },
    'ok',
    ['resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9'],
  ],
])('what a server spoils: %s', (_, input, flow, outcome, lines) => {
  const way = walked(input, flow);
  expect(way.outcome).toBe(outcome);
  expect(linesOf(way)).toEqual(lines);
});
