import { expect, it } from 'vitest';
import type { MatchName } from '../site/match/index.js';
import { nearHost } from './near-host.js';

it.each<[destination: string, match: MatchName, host: string, address: string, why: string]>([
  [
    'login.microsoftonlin.con',
    'exact',
    'login.microsoftonline.com',
    '198.18.64.1',
    'is about login.microsoftonlin.con, which is not login.microsoftonline.com, but 2 letters away',
  ],
  [
    'www.microsoft.com/pkiops/crl',
    'exact',
    'WWW.microsoft.com.',
    '198.18.64.1',
    'is about a path, and a host is only ever called as its name',
  ],
  [
    '*.proxy.msappproxy.net',
    'suffix',
    'a.b.connector.msappproxy.net',
    '198.18.64.1',
    'is about names below proxy.msappproxy.net, and a.b.connector.msappproxy.net is below msappproxy.net',
  ],
  [
    '*.msapproxy.net',
    'suffix',
    'msappproxy.net',
    '198.18.64.1',
    'is about msapproxy.net, which is not msappproxy.net, but 1 letter away',
  ],
  [
    '198.18.64.2',
    'address',
    '198.18.64.1',
    '198.18.64.1',
    'is about 198.18.64.2, and 198.18.64.1 is beside it',
  ],
  ['10.0.0.0/30', 'address', 'a.test', '10.0.0.9', 'is about 10.0.0.0/30, and 10.0.0.9 is beside it'],
])('%s (%s) is nearly about %s (%s)', (destination, match, host, address, why) => {
  expect(nearHost(destination, match, host, address)).toBe(why);
});

it.each<[destination: string, match: MatchName, host: string, address: string]>([
  // A path of another host.
  ['www.microsoft.com/pkiops', 'exact', 'www.contoso.com', '198.18.64.1'],
  // Another network.
  ['198.18.64.2', 'address', 'a.test', '198.18.65.1'],
  ['198.18.64.2', 'address', 'a.test', '10.0.0.1'],
  ['no-address', 'address', 'a.test', '10.0.0.1'],
  ['198.18.64.2', 'address', 'a.test', 'no-address'],
  // They are about something else than a name that is written out.
  ['login.windos.net', 'service-tag', 'login.windows.net', '198.18.64.1'],
  ['login.windos.net', 'any', 'login.windows.net', '198.18.64.1'],
  ['login.windos.net', 'wildcard', 'login.windows.net', '198.18.64.1'],
  // Three letters away, and the page's own names, however near they are.
  ['login.microsoftonl.co', 'exact', 'login.microsoftonline.com', '198.18.64.1'],
  ['crl4.digicert.com', 'exact', 'crl3.digicert.com', '198.18.64.1'],
  ['*.msappproxy.us', 'suffix', 'a.msappproxy.net', '198.18.64.1'],
  // Two letters away, of a name so short that they make another one.
  ['lo.windows.net', 'exact', 'log1.windows.net', '198.18.64.1'],
  // The name itself, which is about it.
  ['login.contoso.com', 'exact', 'login.contoso.com', '198.18.64.1'],
  ['*.contoso.com', 'suffix', 'contoso.org', '198.18.64.1'],
  ['*.com', 'suffix', 'a.net', '198.18.64.1'],
  // All that they share is what everybody has.
  ['*.contoso.com', 'suffix', 'fabrikam.com', '198.18.64.1'],
  ['*.a.contoso.com', 'suffix', 'www.fabrikam.org', '198.18.64.1'],
])('%s (%s) is not nearly about %s (%s)', (destination, match, host, address) => {
  expect(nearHost(destination, match, host, address)).toBeUndefined();
});
