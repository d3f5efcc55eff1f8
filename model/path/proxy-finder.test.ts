import { describe, expect, it } from 'vitest';
import { completeSite } from '../site/complete.js';
import type { SiteInput } from '../site/schema.js';
import type { WantedFlow } from './flow.js';
import { ProxyFinder } from './proxy-finder.js';
import { documentedInternet } from './testing/flows.js';
import { Walker } from './walk.js';

const address = 'proxy.contoso.test:8080';
const pac = (answer: string) => `function FindProxyForURL(url, host) { return "${answer}"; }`;
const internet = documentedInternet();
const flow: WantedFlow = {
  ...{ server: 'app-proxy-01', account: 'network-service', stack: 'service', operation: 'bootstrap' },
  ...{ host: 'login.windows.net', port: 443 },
};

function found(input: Partial<SiteInput>, host: string = flow.host) {
  const site = completeSite({ site: 'Seeking', ...input });
  const { ways, said, awaited } = new ProxyFinder(site, () => internet).find({ ...flow, host });
  const words = ways.map((way) => (way === 'direct' ? way : `${way.host}:${way.port}`));
  return [words.join(' '), ...(said ? [said.rule] : []), ...awaited].join(', ');
}
const walk = (input: Partial<SiteInput>) =>
  new Walker(completeSite({ site: 'Walked', ...input }), internet).walk(flow);

it('a stack asks no proxy for the server itself, whatever its bypass list is', () => {
  expect(found({ proxy: { address } }, 'localhost')).toBe('direct, bypass loopback');
  expect(found({ proxy: { address } }, '127.0.0.9')).toBe('direct, bypass loopback');
  expect(found({ proxy: { address } }, 'app-proxy-01')).toBe(address);
});

describe('a stack finds its proxy', () => {
  it.each<[string, Partial<SiteInput>, string]>([
    ['none', {}, 'direct'],
    ['the one of the site', { proxy: { address } }, address],
    ['none, where others are told', { proxy: { address, 'used-by': ['browser'] } }, 'direct'],
    ['by a PAC file', { pac: { file: pac('PROXY a:1; DIRECT') } }, 'a:1 direct, pac PROXY a:1; DIRECT'],
    [
      'by a PAC file rather than by the rest',
      { proxy: { address }, pac: { file: pac('DIRECT'), 'used-by': ['service'] } },
      'direct, pac DIRECT',
    ],
    ['by a host wpad', { wpad: { file: pac('PROXY a:1') } }, 'a:1, wpad PROXY a:1'],
    ['not, where there is no wpad', { wpad: {} }, 'direct, wpad absent'],
    ['not, where wpad hangs', { wpad: { state: 'hangs' } }, 'direct, wpad hangs, connection'],
    ['not, where wpad has no file', { wpad: { state: 'not-found' } }, 'direct, wpad not-found'],
    [
      'not, where the resolver is silent about wpad',
      {
        wpad: { file: pac('PROXY a:1') },
        resolver: { faults: [{ name: 'wpad.contoso.test', answer: 'timeout' }] },
      },
      'direct, wpad timeout wpad.contoso.test, name',
    ],
    [
      'by a file that asks for names nobody answers',
      {
        pac: {
          file: 'function FindProxyForURL(url, host) { return dnsResolve(host) ? "DIRECT" : "PROXY a:1"; }',
        },
        resolver: { faults: [{ name: '*.windows.net', answer: 'timeout' }] },
      },
      'a:1, pac PROXY a:1, name',
    ],
    [
      'as its own server says',
      {
        proxy: { address },
        servers: [{ name: 'app-proxy-01', 'proxy-settings': { service: { pac: pac('DIRECT') } } }],
      },
      'direct, pac DIRECT',
    ],
  ])('%s', (_, input, words) => {
    expect(found(input)).toBe(words);
  });

  it.each([
    ['*.windows.net', 'login.windows.net', true],
    ['*.windows.net', 'windows.net', false],
    ['*windows.net', 'evilwindows.net', true],
    ['login.windows.net', 'LOGIN.windows.net', true],
    ['10.*', '10.1.2.3', true],
    ['10.*', 'ten.contoso.test', false],
    ['<local>', 'intranet', true],
    ['<local>', 'intranet.contoso.test', false],
  ])('past %s for %s: %s', (entry, host, isPast) => {
    const input = { proxy: { address, bypass: [entry] } };
    expect(found(input, host)).toBe(isPast ? `direct, bypass ${entry}` : address);
  });

  it('and goes on to the next of a list where nobody answers, as long as there is one', () => {
    const file = pac('PROXY gone.contoso.test:8080; PROXY 203.0.113.9:3128; DIRECT');
    const rules = [
      { reject: '203.0.113.9', port: 'any' as const },
      { allow: 'any', port: 'any' as const },
    ];
    const { outcome, hops } = walk({ pac: { file }, firewall: { rules } });
    expect(outcome).toBe('ok');
    expect(hops.flatMap(({ device, passedOver }) => (passedOver ? [[device, passedOver]] : []))).toEqual([
      ['resolver', 'dns-nxdomain'],
      ['edge-firewall', 'tcp-reject'],
    ]);
    const last = walk({ pac: { file: pac('PROXY gone.contoso.test:8080') } });
    expect(last).toMatchObject({ outcome: 'proxy-unreachable', stops: [{ device: 'resolver' }] });
  });

  it('also where an agent on the server itself is not there', () => {
    const gone = pac('PROXY localhost:9000; DIRECT');
    expect(walk({ pac: { file: gone } })).toMatchObject({
      outcome: 'ok',
      hops: [{}, { passedOver: 'tcp-reject' }, {}, {}, {}],
    });
    expect(walk({ pac: { file: pac('PROXY 127.0.0.1:9000') } }).stops).toMatchObject([{ device: 'server' }]);
  });

  it('but not to the next one where the proxy says no', () => {
    const { outcome, hops } = walk({
      proxy: { address, 'used-by': [], rules: [{ deny: '*.windows.net' }] },
      pac: { file: pac(`PROXY ${address}; DIRECT`) },
    });
    expect(outcome).toBe('proxy-403');
    expect(hops.some(({ passedOver }) => passedOver)).toBe(false);
  });

  it('and learns that what listens at the place of a proxy is none', () => {
    const file = pac('PROXY login.windows.net:443');
    expect(walk({ pac: { file } }).stops).toMatchObject([{ device: 'cloud', rule: 'no proxy' }]);
  });
});
