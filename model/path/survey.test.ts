import { describe, expect, it } from 'vitest';
import { completeSite } from '../site/complete.js';
import type { SiteInput } from '../site/schema.js';
import type { Passage } from './passage.js';
import { internetOf, type PublicHost } from './public-host.js';
import { isOpen, survey } from './survey.js';

const host = (name: string, address: string, more: Partial<PublicHost> = {}): PublicHost => ({
  ...{ name, chain: [], address, ports: [80, 443] },
  ...more,
});
// The first of a suffix is asked by nobody but the connector's own traffic.
const internet = internetOf([
  host('data.msappproxy.net', '198.18.64.1', { service: 'data' }),
  host('registration.msappproxy.net', '198.18.64.2', { service: 'registration' }),
  host('bootstrap.msappproxy.net', '198.18.64.3', { service: 'bootstrap' }),
  host('login.windows.net', '198.18.64.4'),
  host('a.servicebus.windows.net', '198.18.64.6', { service: 'relay' }),
  host('crl3.digicert.com', '198.18.64.5'),
]);
const read = (input: Partial<SiteInput>) => completeSite({ site: 'Surveyed', ...input });
const open: Partial<SiteInput> = { firewall: { default: 'allow' } };

function passage(input: Partial<SiteInput>, rule: string, operation: string, account?: string): Passage {
  const found = survey(read(input), internet).find(
    ({ asking }) =>
      asking.row.rule === rule &&
      asking.operation === operation &&
      (account === undefined || asking.account === account),
  );
  if (!found) throw new Error(`nobody asks ${rule} to ${operation}`);
  return found;
}

describe('what becomes of a documented row', () => {
  it('all come through, in the order in which an operation asks', () => {
    const { through, closed, open: how } = passage(open, '*.msappproxy.net', 'bootstrap');
    expect({ closed, how }).toEqual({ closed: [], how: 'all' });
    expect(through.slice(0, 3)).toEqual([
      'bootstrap.msappproxy.net',
      'data.msappproxy.net',
      'registration.msappproxy.net',
    ]);
    expect(passage(open, '*.msappproxy.net', 'register').through[0]).toBe('registration.msappproxy.net');
    // Nobody renews at any of these.
    expect(passage(open, '*.msappproxy.net', 'update').through[0]).toBe('data.msappproxy.net');
  });

  it('some do, and the way of one of the others stands for all that the same rule stops', () => {
    const rules = [
      { deny: 'bootstrap.msappproxy.net' },
      { reject: 'data.msappproxy.net' },
      { reject: 'registration.msappproxy.net' },
    ];
    const found = passage({ firewall: { default: 'allow', rules } }, '*.msappproxy.net', 'bootstrap');
    expect(found.open).toBe('some');
    expect(found.closed.map(({ names, host: one, way }) => [one.name, names, way.outcome])).toEqual([
      ['bootstrap.msappproxy.net', ['bootstrap.msappproxy.net'], 'tcp-drop'],
      ['data.msappproxy.net', ['data.msappproxy.net'], 'tcp-reject'],
      ['registration.msappproxy.net', ['registration.msappproxy.net'], 'tcp-reject'],
    ]);
    expect(found.through).not.toContain('bootstrap.msappproxy.net');
  });

  it('none do, where one rule stops all', () => {
    const found = passage({ firewall: { default: 'drop', rules: [] } }, '*.msappproxy.net', 'bootstrap');
    expect(found).toMatchObject({ open: 'none', through: [], closed: [{}] });
    expect(found.closed[0]?.names.slice(0, 2)).toEqual(['bootstrap.msappproxy.net', 'data.msappproxy.net']);
  });

  it('what two devices stop is told apart from what one of them stops', () => {
    const servers = [{ name: 'app-proxy-01', 'host-firewall': { rules: [{ deny: 'data.msappproxy.net' }] } }];
    const found = passage(
      { servers, firewall: { default: 'drop', rules: [] } },
      '*.msappproxy.net',
      'bootstrap',
    );
    expect(found.closed.map(({ names }) => names.length > 1)).toEqual([true, false]);
    expect(found.closed[1]?.way.stops.map(({ device }) => device)).toEqual([
      'host-firewall',
      'edge-firewall',
    ]);
  });

  it('rules that nobody can judge are told once for each device', () => {
    const rules = [{ deny: 'any', port: 'any' as const, unclear: '-m time' }];
    const [server] = [{ name: 'app-proxy-01', 'host-firewall': { rules } }];
    const found = passage(
      { servers: [server], firewall: { default: 'allow', rules } },
      '*.msappproxy.net',
      'bootstrap',
    );
    expect(found.notJudged.map(({ device, from }) => `${device} ${from}`)).toEqual([
      'host-firewall app-proxy-01',
      'edge-firewall app-proxy-01',
    ]);
    expect(passage(open, '*.msappproxy.net', 'bootstrap').notJudged).toEqual([]);
  });
});

describe('inspection of what the connector says to the service', () => {
  const trusted = { 'trusted-by-server': true, 'revocation-info': false };

  it('is told where it does no harm, of the first name', () => {
    const found = passage({ ...open, inspection: trusted }, '*.msappproxy.net', 'register');
    expect(found.read).toMatchObject({
      host: { name: 'registration.msappproxy.net' },
      hop: { device: 'inspector', action: 'inspect' },
      way: { outcome: 'ok' },
    });
  });

  it.each<[string, Partial<SiteInput>, string, string]>([
    ['nobody reads', open, '*.msappproxy.net', 'register'],
    [
      'the names are exempt',
      { ...open, inspection: { ...trusted, except: ['*.msappproxy.net'] } },
      '*.msappproxy.net',
      'register',
    ],
    [
      'it does harm, which is told as that',
      { ...open, inspection: trusted },
      '*.msappproxy.net',
      'bootstrap',
    ],
    ['the host is not of the service', { ...open, inspection: trusted }, 'login.windows.net', 'sign-in'],
    ['nothing of it is TLS', { ...open, inspection: trusted }, 'crl3.digicert.com', 'revocation-check'],
  ])('is nothing to tell where %s', (_, input, rule, operation) => {
    expect(passage(input, rule, operation).read).toBeUndefined();
  });
});

describe('the list of an inspector', () => {
  const closedTo = (account: 'administrator' | 'network-service' | 'local-system') => ({
    ...open,
    inspection: { 'trusted-by-server': true },
    servers: [
      { name: 'app-proxy-01', 'host-firewall': { rules: [{ deny: 'pki.contoso.test', port: 80, account }] } },
    ],
  });
  const asking = (input: Partial<SiteInput>, rule: string, operation: string) =>
    passage(input, rule, operation).unlisted.map(({ flow }) => `${flow.account} ${flow.stack} ${flow.host}`);

  it.each(['administrator', 'network-service', 'local-system'] as const)('is missed by %s', (account) => {
    expect(asking(closedTo(account), 'login.windows.net', 'sign-in')).toEqual([
      `${account} system pki.contoso.test`,
    ]);
  });

  it('is asked for by nobody who meets no certificate of it', () => {
    expect(asking(closedTo('administrator'), 'crl3.digicert.com', 'revocation-check')).toEqual([]);
  });

  it('is there', () => {
    expect(
      asking({ ...open, inspection: { 'trusted-by-server': true } }, 'login.windows.net', 'sign-in'),
    ).toEqual([]);
  });
});

describe('whether everybody comes through', () => {
  const only = { inspection: { only: ['login.windows.net'], 'trusted-by-server': true } };

  it.each<[string, Partial<SiteInput>, boolean]>([
    ['nothing is closed', open, true],
    ['one row is closed', { firewall: { default: 'allow', rules: [{ deny: 'login.windows.net' }] } }, false],
    [
      'the service is read, to no harm',
      {
        ...open,
        inspection: {
          only: ['a.servicebus.windows.net'],
          'trusted-by-server': true,
          'revocation-info': false,
        },
      },
      false,
    ],
    ['others are read', { ...open, ...only }, true],
    [
      'others are read, and their list is closed',
      {
        firewall: { default: 'allow' },
        ...only,
        servers: [
          { name: 'app-proxy-01', 'host-firewall': { rules: [{ deny: 'pki.contoso.test', port: 80 }] } },
        ],
      },
      false,
    ],
  ])('%s: %s', (_, input, expected) => {
    expect(isOpen(read(input), internet)).toBe(expected);
    expect(isOpen(read(input), internet, ({ row }) => row.rule === 'login.windows.net')).toBe(expected);
  });
});
