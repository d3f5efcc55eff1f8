import { expect, it } from 'vitest';
import { completeSite } from '../site/complete.js';
import { askingsOf, needsOf, revocationAskers, wantedBy } from './wanted.js';

const own = 'CONTOSO\\svc-connector$';
const site = completeSite({
  site: 'Asking',
  servers: [{ name: 'app-proxy-01', services: { connector: own } }],
});
const [server] = site.servers;

/** Who asks for a row, on which stack, what for, and what an inspector can spoil of it. */
const askers = (rule: string) =>
  askingsOf(site)
    .filter(({ row }) => row.rule === rule)
    .map(({ row, account, stack, operation, needs }) =>
      [row.port, account, stack, operation, ...(needs ? [needs] : [])].join(' '),
    );

it.each([
  [
    '*.msappproxy.net',
    [
      '443 administrator browser register',
      `443 ${own} service bootstrap client-certificate`,
      '443 local-system updater update client-certificate',
      `443 ${own} tunnel tunnel client-certificate`,
    ],
  ],
  ['*.servicebus.windows.net', [`443 ${own} service listen websocket`]],
  [
    'crl3.digicert.com',
    [
      '80 administrator system revocation-check',
      `80 ${own} system revocation-check`,
      '80 local-system system revocation-check',
    ],
  ],
  ['login.windows.net', ['443 administrator browser sign-in']],
  ['management.azure.com', ['443 administrator browser register']],
  ['www.microsoft.com', ['443 local-system system install', '80 local-system system install']],
])('%s is asked for by those whose traffic it is', (rule, expected) => {
  expect(askers(rule)).toEqual(expected);
});

it('every server asks for itself', () => {
  const two = completeSite({ site: 'Two', servers: [{ name: 'app-proxy-01' }, { name: 'app-proxy-02' }] });
  const names = askingsOf(two).map((asking) => asking.server);
  expect(names.filter((name) => name === 'app-proxy-02')).toHaveLength(names.length / 2);
});

it('whoever meets a certificate has it checked, each account once', () => {
  expect(server && revocationAskers(server)).toEqual(['administrator', own, 'local-system']);
  const [same] = completeSite({
    site: 'Same',
    servers: [{ name: 'app-proxy-01', services: { connector: 'local-system' } }],
  }).servers;
  expect(same && revocationAskers(same)).toEqual(['administrator', 'local-system']);
});

it('a renewal speaks for the connector, and a delivery too', () => {
  const row = { group: 'service', port: 443, rule: '*.msappproxy.net' } as const;
  expect(needsOf('renew', row)).toBe('client-certificate');
  expect(needsOf('register', row)).toBeUndefined();
  expect(needsOf('renew', { ...row, port: 80 })).toBeUndefined();
  expect(needsOf('renew', { ...row, group: 'registration' })).toBeUndefined();
});

it.each([
  [own, 443, 'service bootstrap'],
  ['local-system', 443, 'updater bootstrap'],
  ['administrator', 443, 'browser sign-in'],
  [own, 80, 'system revocation-check'],
  ['administrator', 80, 'system revocation-check'],
] as const)('what %s wants at port %i goes by a stack that it has', (account, port, expected) => {
  const wanted = server && wantedBy(server, account, 'a.test', port);
  expect(wanted).toMatchObject({ server: 'app-proxy-01', account, host: 'a.test', port });
  expect(`${wanted?.stack} ${wanted?.operation}`).toBe(expected);
});
