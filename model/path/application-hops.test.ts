import { expect, it } from 'vitest';
import type { ResultName } from '../evidence/vocabulary.js';
import type { SiteInput } from '../site/schema.js';
import type { WantedFlow } from './flow.js';
import { app, open, toApp } from './testing/inputs.js';
import { linesOf, walked } from './testing/lines.js';

it.each<[string, Partial<SiteInput>, Partial<WantedFlow>, ResultName, string[]]>([
  [
    'an application that answers',
    app(),
    toApp,
    'ok',
    ['resolver of app-proxy-01 answer: intranet.contoso.test is 198.18.130.10'],
  ],
  [
    'one that answers in the clear, whatever the certificate',
    app({ internal: 'http://intranet.contoso.test/', certificate: 'expired' }),
    { ...toApp, port: 80 },
    'ok',
    ['resolver of app-proxy-01 answer: intranet.contoso.test is 198.18.130.10'],
  ],
  [
    'one whose certificate has expired, which nobody looks at',
    app({ certificate: 'expired', 'validate-backend-certificate': false }),
    toApp,
    'ok',
    [
      'resolver of app-proxy-01 answer: intranet.contoso.test is 198.18.130.10',
      'application-host of app-proxy-01 present "certificate expired": intranet.contoso.test shows a certificate that has expired',
    ],
  ],
  [
    'one whose certificate has expired, which is looked at',
    app({ certificate: 'expired', 'validate-backend-certificate': true }),
    toApp,
    'tls-expired',
    [
      'resolver of app-proxy-01 answer: intranet.contoso.test is 198.18.130.10',
      'application-host of app-proxy-01 present "certificate expired" → tls-expired: intranet.contoso.test shows a certificate that has expired',
    ],
  ],
  [
    'one that signed itself',
    app({ certificate: 'self-signed', 'validate-backend-certificate': true }),
    toApp,
    'tls-untrusted-issuer',
    [
      'resolver of app-proxy-01 answer: intranet.contoso.test is 198.18.130.10',
      'application-host of app-proxy-01 present "certificate self-signed" → tls-untrusted-issuer: intranet.contoso.test shows a certificate that it signed itself',
    ],
  ],
  [
    'one that is too slow',
    app({ state: 'slow' }),
    toApp,
    'tcp-drop',
    [
      'resolver of app-proxy-01 answer: intranet.contoso.test is 198.18.130.10',
      'application-host of app-proxy-01 drop "state slow" → tcp-drop: "Intranet" answers after 120 s, and connectors wait for 85 s',
    ],
  ],
  [
    'one that fails',
    app({ state: 'failing' }),
    toApp,
    'ok',
    [
      'resolver of app-proxy-01 answer: intranet.contoso.test is 198.18.130.10',
      'application-host of app-proxy-01 allow "state failing": "Intranet" answers every request with status 500',
    ],
  ],
  [
    'one that is stopped',
    app({ state: 'stopped' }),
    toApp,
    'tcp-reject',
    [
      'resolver of app-proxy-01 answer: intranet.contoso.test is 198.18.130.10',
      'application-host of app-proxy-01 unreachable "nothing listens" → tcp-reject: nothing listens at 198.18.130.10 port 443',
    ],
  ],
  [
    'a port at which nobody listens',
    app(),
    { ...toApp, port: 8443 },
    'tcp-reject',
    [
      'resolver of app-proxy-01 answer: intranet.contoso.test is 198.18.130.10',
      'application-host of app-proxy-01 unreachable "nothing listens" → tcp-reject: nothing listens at 198.18.130.10 port 8443',
    ],
  ],
  [
    'an application on the server itself',
    app({ internal: 'http://localhost:8080/' }),
    { ...toApp, host: 'localhost', port: 8080 },
    'ok',
    ['server of app-proxy-01 answer: localhost is 127.0.0.1'],
  ],
  [
    'another port of the server itself',
    app({ internal: 'http://localhost:8080/' }),
    { ...toApp, host: 'localhost', port: 8081 },
    'tcp-reject',
    [
      'server of app-proxy-01 answer: localhost is 127.0.0.1',
      'server of app-proxy-01 unreachable "nothing listens" → tcp-reject: nothing listens on app-proxy-01 itself (127.0.0.1 port 8081)',
    ],
  ],
  [
    'the server itself, by its own address',
    app({ internal: 'http://localhost:8080/', state: 'slow' }),
    { ...toApp, host: '198.18.1.10', port: 8080 },
    'tcp-drop',
    [
      'application-host of app-proxy-01 drop "state slow" → tcp-drop: "Intranet" answers after 120 s, and connectors wait for 85 s',
    ],
  ],
  [
    'an application on another server',
    {
      ...app({ internal: 'http://app-proxy-02:8080/' }),
      servers: [{ name: 'app-proxy-01' }, { name: 'app-proxy-02' }],
    },
    { ...toApp, host: 'app-proxy-02', port: 8080 },
    'ok',
    ['resolver of app-proxy-01 answer: app-proxy-02 is 198.18.1.11, as app-proxy-02.contoso.test'],
  ],
  [
    'the same port of this server',
    {
      ...app({ internal: 'http://app-proxy-02:8080/' }),
      servers: [{ name: 'app-proxy-01' }, { name: 'app-proxy-02' }],
    },
    { ...toApp, host: '127.0.0.1', port: 8080 },
    'tcp-reject',
    [
      'server of app-proxy-01 unreachable "nothing listens" → tcp-reject: nothing listens on app-proxy-01 itself (127.0.0.1 port 8080)',
    ],
  ],
  [
    'a host of the internet that does not listen there',
    open,
    { port: 80 },
    'tcp-reject',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'cloud of app-proxy-01 unreachable "nothing listens" → tcp-reject: nothing listens at 198.18.64.9 port 80',
    ],
  ],
])('what is at the end of the way inside: %s', (_, input, flow, outcome, lines) => {
  const way = walked(input, flow);
  expect(way.outcome).toBe(outcome);
  expect(linesOf(way)).toEqual(lines);
});
