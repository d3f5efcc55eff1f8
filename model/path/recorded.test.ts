import { expect, it } from 'vitest';
import type { WantedFlow } from './flow.js';
import { compareWay, type Recorded } from './recorded.js';
import { type Hop, wayOf } from './way.js';

const flow: WantedFlow = {
  ...({ server: 'app-proxy-01', account: 'network-service', stack: 'service' } as const),
  ...({ host: 'a.test', port: 443, operation: 'bootstrap' } as const),
};
const hop = (device: Hop['device'], action: string, rule: string, more: Partial<Hop> = {}): Hop => ({
  ...{ device, from: 'app-proxy-01', action, rule, explanation: '' },
  ...more,
});
const host = hop('host-firewall', 'allow', 'default allow');
const edge = hop('edge-firewall', 'drop', 'default drop', { result: 'tcp-drop' });
const inspector = hop('inspector', 'inspect', 'inspect *');

it.each<[string, Hop[], Recorded[], boolean, string[]]>([
  ['both say the same', [host, edge], [host, edge], false, []],
  [
    'another rule, another action',
    [host, edge],
    [host, { ...edge, action: 'reject', rule: 'reject a.test' }],
    false,
    [
      'the oracle says edge-firewall drop "default drop"; the lab recorded edge-firewall reject "reject a.test"',
    ],
  ],
  [
    'the lab recorded nothing, and somebody answered',
    [host, edge],
    [host],
    true,
    [
      'the oracle says edge-firewall drop "default drop"; the lab recorded nothing there',
      'the oracle says that it is stopped; in the lab it came through',
    ],
  ],
  [
    'the lab has a decision more, and nobody answered',
    [host],
    [host, edge],
    false,
    [
      'the oracle says nothing of edge-firewall drop "default drop", which the lab recorded',
      'the oracle says that it comes through; in the lab nobody answered',
    ],
  ],
  [
    'packets of another machine',
    [{ ...edge, from: 'proxy' }],
    [edge],
    false,
    [
      'the oracle says edge-firewall drop "default drop"; the lab recorded nothing there',
      'the oracle says nothing of edge-firewall drop "default drop", which the lab recorded',
    ],
  ],
  ['devices behind one that stops it are not asked by a lab', [edge, inspector], [edge], false, []],
  [
    'an inspector answers, whatever is behind it',
    [{ ...inspector, result: 'tls-untrusted-issuer' }],
    [inspector, edge],
    true,
    [],
  ],
  [
    'nothing behind a wrong address',
    [
      hop('resolver', 'misanswer', 'wrong-address a.test', { result: 'dns-wrong-answer', isAstray: true }),
      host,
    ],
    [hop('resolver', 'misanswer', 'wrong-address a.test'), host, edge],
    true,
    [],
  ],
  [
    'another answer of the resolver',
    [hop('resolver', 'misanswer', 'nxdomain a.test', { result: 'dns-nxdomain' })],
    [{ device: 'resolver', from: 'app-proxy-01', action: 'answer' }],
    false,
    ['the oracle says resolver misanswer "nxdomain a.test"; the lab recorded resolver answer'],
  ],
  ['what a link delays', [host], [host, hop('link', 'delay', 'round-trip 80ms')], true, []],
])('compared: %s', (_, hops, recorded, isThrough, differences) => {
  expect(compareWay(wayOf(flow, hops), recorded, isThrough).differences).toEqual(differences);
});
