import type { SiteInput } from '../../model/site/schema.js';

const server = (more: object): SiteInput => ({ site: 'One fault', servers: [{ name: 'srv-1', ...more }] });
const edge = (...rules: object[]): SiteInput =>
  ({ site: 'One fault', firewall: { rules: [...rules, { allow: 'documented' }] } }) as SiteInput;
const proxied = (proxy: object, more: object = {}): SiteInput =>
  ({
    site: 'One fault',
    proxy: { address: 'proxy.contoso.test:8080', ...proxy },
    firewall: { rules: [{ allow: 'any', port: [80, 443], from: 'proxy' }] },
    servers: [{ name: 'srv-1', ...more }],
  }) as SiteInput;

/** What is wrong, and the rule and the place that have to be found. */
export const faults: readonly (readonly [string, SiteInput, string, string])[] = [
  [
    'the edge drops a row',
    edge({ deny: '*.servicebus.windows.net', port: 443 }),
    'path/dropped',
    '*.servicebus.windows.net',
  ],
  ['the edge drops port 80', edge({ deny: 'any', port: 80 }), 'path/dropped', 'port 80'],
  [
    'a firewall that reads names resets one',
    {
      site: 'One fault',
      firewall: {
        'names-from': 'sni',
        rules: [{ reset: 'login.windows.net', port: 443 }, { allow: 'documented' }],
      },
    },
    'path/reset-after-connect',
    'login.windows.net',
  ],
  [
    'the server’s firewall refuses one account',
    server({
      'host-firewall': { rules: [{ reject: '198.18.0.0/15', port: 'any', account: 'administrator' }] },
    }),
    'path/refused',
    'administrator',
  ],
  [
    'the proxy asks who is there',
    proxied({ authentication: ['negotiate', 'ntlm'] }),
    'proxy/authentication',
    'every',
  ],
  [
    'the proxy refuses a row',
    proxied({ rules: [{ deny: '*.servicebus.windows.net' }] }),
    'proxy/refuses',
    '*.servicebus.windows.net',
  ],
  [
    'a stack goes past the proxy',
    proxied({}, { 'proxy-settings': { system: 'direct' } }),
    'proxy/goes-past',
    'by the system stack',
  ],
  [
    'TLS is inspected',
    {
      site: 'One fault',
      inspection: {
        authority: 'Contoso Inspection CA',
        'trusted-by-server': true,
        only: ['*.msappproxy.net'],
      },
    },
    'tls/inspected',
    '*.msappproxy.net',
  ],
  [
    'a zone hides names',
    { site: 'One fault', resolver: { faults: [{ name: '*.connector.msappproxy.net', answer: 'nxdomain' }] } },
    'names/no-such-name',
    '2 hosts of *.msappproxy.net',
  ],
  [
    'a line of the hosts file',
    server({ hosts: { 'ocsp.digicert.com': '0.0.0.0' } }),
    'names/wrong-address',
    'ocsp',
  ],
  ['the clock is slow', server({ 'clock-skew': '-1h' }), 'server/clock', 'every'],
  ['Windows without TLS 1.2', server({ tls: '1.1' }), 'tls/version', 'every'],
  [
    'a revocation list is old',
    {
      site: 'One fault',
      cloud: { faults: [{ fault: 'revocation-list-stale', host: 'crl3.digicert.com' }] },
    },
    'revocation/unusable',
    'crl3.digicert.com',
  ],
];
