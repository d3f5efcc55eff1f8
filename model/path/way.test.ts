import { expect, it } from 'vitest';
import { completeSite } from '../site/complete.js';
import type { SiteInput } from '../site/schema.js';
import type { WantedFlow } from './flow.js';
import { compareWay, type Recorded } from './recorded.js';
import { documentedInternet } from './testing/flows.js';
import { Walker } from './walk.js';
import { type Hop, wayOf } from './way.js';

type Firewall = NonNullable<SiteInput['firewalls']>[number];
const host = 'login.windows.net';
const flow: WantedFlow = {
  ...{ server: 'app-proxy-01', account: 'network-service', stack: 'service', operation: 'bootstrap' },
  ...{ host, port: 443 },
};
const walk = (...firewalls: Firewall[]) =>
  new Walker(completeSite({ site: 'Names', firewalls }), documentedInternet()).walk(flow);

const closed: Omit<Firewall, 'name'> = {
  default: 'reset',
  'names-from': 'sni',
  rules: [{ allow: 'other.test' }],
};
const open: Omit<Firewall, 'name'> = { default: 'drop', 'names-from': 'sni', rules: [{ allow: host }] };
const refuses: Firewall = { name: 'cloud', default: 'reject', rules: [] };
const stopped = ({ stops }: ReturnType<typeof walk>) => stops.map(({ firewall }) => firewall);

it('what refuses the first packet is faster than a firewall before it that waits for a name', () => {
  const way = walk({ name: 'branch', ...closed }, refuses);
  expect(way.outcome).toBe('tcp-reject');
  // Both have to be mended all the same.
  expect(stopped(way)).toEqual(['branch', 'cloud']);
  expect(walk({ name: 'branch', ...open }, refuses).outcome).toBe('tcp-reject');
});

it('what waits for a name as well is not', () => {
  const way = walk({ name: 'branch', ...closed }, { name: 'centre', ...closed, default: 'drop' });
  expect(way.outcome).toBe('sni-block');
  expect(stopped(way)).toEqual(['branch', 'centre']);
  expect(walk({ name: 'branch', ...closed }, { ...refuses, default: 'allow' }).outcome).toBe('sni-block');
});

it('a lab has to record the one that refuses, and must not record one that was told no name', () => {
  const edge = { device: 'edge-firewall', from: 'app-proxy-01' } as const;
  const own: Recorded[] = [
    { device: 'resolver', from: 'app-proxy-01', action: 'answer' },
    { device: 'host-firewall', from: 'app-proxy-01', action: 'allow', rule: 'default allow' },
  ];
  const cloud: Recorded = { ...edge, action: 'reject', rule: 'cloud: default reject' };
  for (const [branch, word] of [
    [closed, { ...edge, action: 'reset', rule: 'branch: default reset' }],
    [open, { ...edge, action: 'allow', rule: `branch: allow ${host}` }],
  ] as const) {
    const way = walk({ name: 'branch', ...branch }, refuses);
    expect(compareWay(way, [...own, cloud], false).differences).toEqual([]);
    expect(compareWay(way, [...own, word, cloud], false).differences).not.toEqual([]);
    expect(compareWay(way, own, false).differences).not.toEqual([]);
  }
});

it('only another firewall for the same packets, with nothing between, is faster than one that waits', () => {
  const refuses: Hop = {
    ...{ device: 'edge-firewall', from: 'app-proxy-01', action: 'reject', explanation: '' },
    result: 'tcp-reject',
  };
  const waits: Hop = { ...refuses, action: 'reset', byName: true, result: 'sni-block' };
  const { result: _, ...allows } = refuses;
  const outcome = (...hops: Hop[]) => wayOf(flow, hops).outcome;
  expect(outcome(waits, refuses)).toBe('tcp-reject');
  expect(outcome(waits, allows, refuses)).toBe('tcp-reject');
  expect(outcome(waits, { ...waits, result: 'tcp-drop' }, refuses)).toBe('tcp-reject');
  expect(outcome(waits, { ...refuses, from: 'proxy' })).toBe('sni-block');
  expect(outcome(waits, { ...refuses, device: 'link' })).toBe('sni-block');
  expect(outcome(waits, { ...allows, device: 'link' }, refuses)).toBe('sni-block');
  expect(outcome(allows, waits)).toBe('sni-block');
  expect(outcome({ ...refuses, result: 'tcp-drop' }, refuses)).toBe('tcp-drop');
  expect(outcome(allows)).toBe('ok');
});

it('what is not judged stops a flow, and is nothing that has to be mended', () => {
  const maybe: Hop = {
    ...{ device: 'edge-firewall', from: 'app-proxy-01', action: 'drop', explanation: '' },
    ...{ result: 'tcp-drop', notJudged: ['deny any if -m time'] },
  };
  expect(wayOf(flow, [maybe])).toMatchObject({ outcome: 'tcp-drop', stops: [] });
});
