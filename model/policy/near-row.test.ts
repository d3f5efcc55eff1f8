import { expect, it } from 'vitest';
import type { DocumentedHost } from '../requirements/documented-host.js';
import type { MatchName } from '../site/match/index.js';
import { nearRow } from './near-row.js';

const row = (rule: string, match: DocumentedHost['match']) => ({ rule, match }) as DocumentedHost;
const rows = [
  row('*.msappproxy.net', 'suffix'),
  row('*.servicebus.windows.net', 'suffix'),
  row('crl3.digicert.com', 'exact'),
  row('login.windows.net', 'exact'),
  row('secure.aadcdn.microsoftonline-p.com', 'exact'),
];

it.each<[string, string, MatchName, string, string | undefined]>([
  [
    'names below a host of the page',
    '*.crl3.digicert.com',
    'suffix',
    '"*.crl3.digicert.com" is about names below crl3.digicert.com, never about crl3.digicert.com itself, which the page names',
    'crl3.digicert.com',
  ],
  [
    'one label below a host of the page',
    '*.crl3.digicert.com',
    'one-label',
    '"*.crl3.digicert.com" is about names below crl3.digicert.com, never about crl3.digicert.com itself, which the page names',
    'crl3.digicert.com',
  ],
  [
    'one label of a domain of the page',
    '*.msappproxy.net',
    'one-label',
    '"*.msappproxy.net" is one label deep; the page\'s row *.msappproxy.net is about names at any depth below msappproxy.net',
    undefined,
  ],
  [
    'a domain of the page alone',
    'msappproxy.net',
    'exact',
    '"msappproxy.net" is that name alone; the page\'s row is *.msappproxy.net, every name below it',
    undefined,
  ],
  [
    'another host beside the page’s',
    'www.login.windows.net',
    'exact',
    '"www.login.windows.net" is not login.windows.net, the host that the page names',
    'login.windows.net',
  ],
  [
    'a slip in a host',
    'login.windos.net',
    'exact',
    '"login.windos.net" is on no row of the page; the nearest is login.windows.net',
    'login.windows.net',
  ],
  [
    'a slip in a domain',
    '*.servicebus.window.net',
    'suffix',
    '"*.servicebus.window.net" is on no row of the page; the nearest is *.servicebus.windows.net',
    '*.servicebus.windows.net',
  ],
  [
    'a slip in a domain, as a name alone, to which no wider one is proposed',
    'msapproxy.net.',
    'exact',
    '"msapproxy.net." is on no row of the page; the nearest is *.msappproxy.net',
    undefined,
  ],
  [
    'two slips in a long name',
    'secure.aadcdn.microsoftonlinep.co',
    'exact',
    '"secure.aadcdn.microsoftonlinep.co" is on no row of the page; the nearest is secure.aadcdn.microsoftonline-p.com',
    'secure.aadcdn.microsoftonline-p.com',
  ],
])('%s is nearly on the page', (_, text, match, message, suggestion) => {
  expect(nearRow(text, match, rows)).toEqual({
    kind: 'near-row',
    message,
    ...(suggestion !== undefined && { suggestion }),
  });
});

it.each<[string, string, MatchName]>([
  ['a row of the page', 'crl3.digicert.com', 'exact'],
  ['a host of the page with all below it', 'crl3.digicert.com', 'domain'],
  ['a host of the page as a suffix with no star', 'crl3.digicert.com', 'suffix'],
  ['a domain of the page', '*.msappproxy.net', 'suffix'],
  ['a domain of the page with its own name', 'msappproxy.net', 'domain'],
  ['one label with no star', 'msappproxy.net', 'one-label'],
  ['a name below a domain of the page', 'a.msappproxy.net', 'exact'],
  ['a domain above a row', '*.digicert.com', 'suffix'],
  ['three slips in a long name', 'secure.aadcdn.microsoftonlinep.c', 'exact'],
  ['three letters too many', 'secure.aadcdn.microsoftonline-p.comabc', 'exact'],
  ['two slips in a short name', 'cr.digicert.com', 'exact'],
  ['another name', 'contoso.example', 'exact'],
  ['a star that is compared letter by letter', '*.crl3.digicert.com', 'exact'],
  ['a domain with a star', '*.crl3.digicert.com', 'domain'],
  ['everything', 'any', 'any'],
  ['everything, however it is called', 'msappproxi.net', 'any'],
  ['a tag', 'msappproxi.net', 'service-tag'],
  ['an address', 'msappproxi.net', 'address'],
  ['an end', 'msappproxi.net', 'ends-with'],
  ['a pattern', '*.msappproxi.net', 'wildcard'],
])('%s is not', (_, text, match) => {
  expect(nearRow(text, match, rows)).toBeUndefined();
});
