import { expect, it } from 'vitest';
import { internetOf, type PublicHost, withHost } from './public-host.js';
import { open } from './testing/inputs.js';
import { walked } from './testing/lines.js';

const host = (name: string, address: string, ports: number[]): PublicHost => ({
  name,
  chain: [],
  address,
  ports,
});
const one = host('one.test', '198.18.64.1', [443]);
const two = host('two.test', '198.18.64.1', [80]);
const internet = internetOf([one, two]);

it('names share an address, and it listens on the ports of all of them', () => {
  expect(internet.find('two.test')).toBe(two);
  expect(internet.find('three.test')).toBeUndefined();
  expect([443, 80, 8080].map((port) => internet.listens('198.18.64.1', port))).toEqual([true, true, false]);
  expect(internet.listens('198.18.64.2', 443)).toBe(false);
});

it('a host that is not there yet is found, and all others are as they were', () => {
  const three = host('three.test', '198.18.64.1', [443]);
  const more = withHost(internet, three);
  expect(more.find('three.test')).toBe(three);
  expect(more.find('one.test')).toBe(one);
  expect(more.find('four.test')).toBeUndefined();
  expect(more.hosts).toEqual([one, two]);
  expect([443, 8080].map((port) => more.listens('198.18.64.1', port))).toEqual([true, false]);
});

it('a flow may go to such a host, by way of a proxy, too', () => {
  const three = host('three.test', '198.18.64.1', [443]);
  const proxied = { ...open, proxy: { address: 'proxy.contoso.test:8080' } };
  for (const input of [open, proxied]) {
    expect(walked(input, { host: 'three.test' }, internet).outcome).toBe('dns-nxdomain');
    expect(walked(input, { host: 'three.test' }, withHost(internet, three)).outcome).toBe('ok');
  }
});

it('nobody walks from a server that the site does not have', () => {
  expect(() => walked({}, { server: 'gone' })).toThrow('the site has no server called gone');
});
