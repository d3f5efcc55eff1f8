import { expect, it } from 'vitest';
import type { ResultName } from '../evidence/vocabulary.js';
import type { SiteInput } from '../site/schema.js';
import type { WantedFlow } from './flow.js';
import { open } from './testing/inputs.js';
import { linesOf, walked } from './testing/lines.js';

type Inspection = NonNullable<SiteInput['inspection']>;
const insp = (more: Partial<Inspection>) => ({
  ...open,
  inspection: { authority: 'Contoso CA', 'trusted-by-server': true, ...more },
});
const list = { host: 'crl3.digicert.com', port: 80, stack: 'system' as const };

it.each<[string, Partial<SiteInput>, Partial<WantedFlow>, ResultName, string[]]>([
  [
    'nothing, where it is trusted',
    insp({}),
    {},
    'ok',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'inspector of app-proxy-01 inspect "inspect *" namesList: login.windows.net is not exempt from inspection',
    ],
  ],
  [
    'where it is not trusted',
    insp({ 'trusted-by-server': false }),
    {},
    'tls-untrusted-issuer',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'inspector of app-proxy-01 inspect "inspect *" → tls-untrusted-issuer: login.windows.net is inspected, and app-proxy-01 does not trust "Contoso CA"',
    ],
  ],
  [
    'to whom does not trust it, more is nothing',
    insp({ 'trusted-by-server': false, 'revocation-info': false, 'block-page': ['login.windows.net'] }),
    {},
    'tls-untrusted-issuer',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'inspector of app-proxy-01 inspect "inspect *" → tls-untrusted-issuer: login.windows.net is inspected, and app-proxy-01 does not trust "Contoso CA"',
    ],
  ],
  [
    'an exemption',
    insp({ except: ['*.windows.net'] }),
    {},
    'ok',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'inspector of app-proxy-01 bypass "except *.windows.net": login.windows.net is exempt from inspection',
    ],
  ],
  [
    'only others',
    insp({ only: ['*.digicert.com'] }),
    {},
    'ok',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'inspector of app-proxy-01 bypass "not in only": login.windows.net is not among the inspected hosts',
    ],
  ],
  [
    'it looks at no other port',
    insp({}),
    { port: 8443 },
    'tcp-reject',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'cloud of app-proxy-01 unreachable "nothing listens" → tcp-reject: nothing listens at 198.18.64.9 port 8443',
    ],
  ],
  [
    'no list, to who insists',
    { ...insp({ 'revocation-info': false }), servers: [{ name: 'app-proxy-01', revocation: 'hard-fail' }] },
    {},
    'tls-no-revocation-info',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'inspector of app-proxy-01 inspect "inspect *" → tls-no-revocation-info: login.windows.net is inspected, and the certificate made for it names no revocation list',
    ],
  ],
  [
    'no list, to who does not',
    insp({ 'revocation-info': false }),
    {},
    'ok',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'inspector of app-proxy-01 inspect "inspect *": login.windows.net is not exempt from inspection',
    ],
  ],
  [
    'no list, to a browser',
    { ...insp({ 'revocation-info': false }), servers: [{ name: 'app-proxy-01', revocation: 'hard-fail' }] },
    { stack: 'browser' },
    'ok',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'inspector of app-proxy-01 inspect "inspect *": login.windows.net is not exempt from inspection',
    ],
  ],
  [
    'a list, to who insists',
    { ...insp({}), servers: [{ name: 'app-proxy-01', revocation: 'hard-fail' }] },
    {},
    'ok',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'inspector of app-proxy-01 inspect "inspect *" namesList: login.windows.net is not exempt from inspection',
    ],
  ],
  [
    'a list that is closed, to who insists',
    {
      ...insp({}),
      servers: [
        {
          name: 'app-proxy-01',
          revocation: 'hard-fail',
          'host-firewall': { rules: [{ deny: '198.18.4.10', port: 80 }] },
        },
      ],
    },
    {},
    'tls-revocation-offline',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'inspector of app-proxy-01 inspect "inspect *" → tls-revocation-offline namesList: login.windows.net is inspected, and the list that the certificate made for it names cannot be fetched: rule 1 fits app-proxy-01 (network-service) to pki.contoso.test (198.18.4.10) port 80: 198.18.4.10 is in 198.18.4.10',
    ],
  ],
  [
    'a list that is closed, to who does not',
    {
      ...insp({}),
      servers: [{ name: 'app-proxy-01', 'host-firewall': { rules: [{ deny: '198.18.4.10', port: 80 }] } }],
    },
    {},
    'ok',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'inspector of app-proxy-01 inspect "inspect *" namesList: login.windows.net is not exempt from inspection',
    ],
  ],
  [
    'a certificate of the connector',
    insp({}),
    { needs: 'client-certificate' },
    'tls-client-certificate-lost',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'inspector of app-proxy-01 inspect "inspect *" → tls-client-certificate-lost namesList: login.windows.net is inspected, and the connector\'s certificate cannot pass',
    ],
  ],
  [
    'an upgrade to WebSocket',
    insp({ websocket: 'strip-upgrade' }),
    { needs: 'websocket' },
    'websocket-upgrade-refused',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'inspector of app-proxy-01 inspect "inspect *" namesList: login.windows.net is not exempt from inspection',
      'inspector of app-proxy-01 strip-upgrade "websocket strip-upgrade" → websocket-upgrade-refused namesList: login.windows.net is inspected, and the upgrade to WebSocket is removed',
    ],
  ],
  [
    'an upgrade that may pass',
    insp({}),
    { needs: 'websocket' },
    'ok',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'inspector of app-proxy-01 inspect "inspect *" namesList: login.windows.net is not exempt from inspection',
    ],
  ],
  [
    'no upgrade',
    insp({ websocket: 'strip-upgrade' }),
    {},
    'ok',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'inspector of app-proxy-01 inspect "inspect *" namesList: login.windows.net is not exempt from inspection',
    ],
  ],
  [
    'a page of its own',
    insp({ 'block-page': ['*.windows.net'] }),
    {},
    'http-block-page',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'inspector of app-proxy-01 inspect "inspect *" namesList: login.windows.net is not exempt from inspection',
      'inspector of app-proxy-01 block-page "block-page *.windows.net" → http-block-page namesList: login.windows.net is answered with a page of the inspector\'s own',
    ],
  ],
  [
    'a page for others',
    insp({ 'block-page': ['*.digicert.com'] }),
    {},
    'ok',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'inspector of app-proxy-01 inspect "inspect *" namesList: login.windows.net is not exempt from inspection',
    ],
  ],
  [
    'a page in the clear',
    insp({ 'block-page': ['crl3.digicert.com'] }),
    list,
    'http-block-page',
    [
      'resolver of app-proxy-01 answer: crl3.digicert.com is 198.18.64.3',
      'inspector of app-proxy-01 block-page "block-page crl3.digicert.com" → http-block-page: crl3.digicert.com is answered with a page of the inspector\'s own',
    ],
  ],
  [
    'an exemption in the clear',
    insp({ 'block-page': ['crl3.digicert.com'], except: ['crl3.digicert.com'] }),
    list,
    'ok',
    ['resolver of app-proxy-01 answer: crl3.digicert.com is 198.18.64.3'],
  ],
  [
    'nothing in the clear',
    insp({}),
    list,
    'ok',
    ['resolver of app-proxy-01 answer: crl3.digicert.com is 198.18.64.3'],
  ],
])('what inspection makes of a flow: %s', (_, input, flow, outcome, lines) => {
  const way = walked(input, flow);
  expect(way.outcome).toBe(outcome);
  expect(linesOf(way)).toEqual(lines);
});
