import { expect, it } from 'vitest';
import { proxyAnswered, proxyResult } from './classify.js';

// What squid 5.7 answered in a lab, by what kept it from going on.
it.each([
  [403, 'ERR_ACCESS_DENIED 0', 'proxy-403'],
  [407, 'ERR_CACHE_ACCESS_DENIED 0', 'proxy-407'],
  [503, 'ERR_CONNECT_FAIL 103', 'tcp-drop'],
  [503, 'ERR_CONNECT_FAIL 110', 'tcp-drop'],
  [503, 'ERR_CONNECT_FAIL 111', 'tcp-reject'],
  [502, 'ERR_CONNECT_FAIL 0', 'tcp-reset'],
  [503, 'ERR_SECURE_CONNECT_FAIL 71', 'tcp-reset'],
  [500, 'ERR_CANNOT_FORWARD 0', 'dns-nxdomain'],
  [502, 'ERR_READ_ERROR 0', 'dns-nxdomain'],
  [502, 'ERR_READ_ERROR 104', 'tcp-reject'],
] as const)('squid, %i %s: %s', (status, error, result) => {
  expect(proxyResult(status, { 'x-squid-error': error })).toBe(result);
});

it('another proxy is known by its status', () => {
  expect([502, 503, 504].map((status) => proxyResult(status, {}))).toEqual([
    'tcp-reject',
    'dns-nxdomain',
    'tcp-drop',
  ]);
});

it('a page of the proxy that passes for an answer is none', () => {
  expect(proxyResult(200, { 'x-squid-error': 'ERR_ACCESS_DENIED 0' })).toBe('http-block-page');
});

it.each([
  ['Negotiate, NTLM, Basic realm="lab"', 'the proxy answered 407, asking for Negotiate or NTLM or Basic'],
  ['Basic realm="lab of NTLM"', 'the proxy answered 407, asking for Basic'],
  ['NTLM TlRMTVNTUAAC', 'the proxy answered 407, asking for NTLM'],
  [undefined, 'the proxy answered 407'],
])('%s: what a proxy asks for', (value, words) => {
  expect(proxyAnswered(407, value === undefined ? {} : { 'proxy-authenticate': value })).toBe(words);
});
