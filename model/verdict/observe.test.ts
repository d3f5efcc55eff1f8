import { expect, it } from 'vitest';
import type { EventOf } from '../evidence/event.js';
import { observe } from './observe.js';
import { decision, reach } from './testing.js';

it('an inbound probe is of the server that it names: what came of another is nothing of its', () => {
  const probe = (host: string, outcome: EventOf<'reach'>['outcome']) =>
    reach({ from: 'outside', host, outcome });
  const look = { kind: 'inbound-probe', server: 'a', port: 443, result: 'tcp-drop' } as const;
  const both = [probe('a', 'tcp-reject'), probe('b', 'tcp-drop')];
  expect(observe(both, [look])[0]).toMatchObject({ observed: 'tcp-reject', matched: false });
  expect(observe([probe('b', 'tcp-drop')], [look])[0]).toMatchObject({ observed: 'nothing', matched: false });
});

it('what was seen is as expected only where the one decided that was named, and who did is told', () => {
  const inbound = decision({ id: 'd1', action: 'drop', device: 'edge-firewall', rule: 'inbound drop' });
  const probe = reach({ id: 'r1', from: 'outside', host: 'a', outcome: 'tcp-drop', connection: 'c1' });
  const look = { kind: 'inbound-probe', server: 'a', port: 443, result: 'tcp-drop' } as const;
  const seen = (more: object) => observe([inbound, probe], [{ ...look, ...more }])[0];
  expect(seen({})).toMatchObject({
    matched: true,
    device: 'edge-firewall',
    rule: 'inbound drop',
    events: ['r1', 'd1'],
  });
  expect(seen({ device: 'edge-firewall', rule: 'inbound drop' })?.matched).toBe(true);
  expect(seen({ device: 'host-firewall' })?.matched).toBe(false);
  expect(seen({ device: 'edge-firewall', rule: 'inbound allow' })?.matched).toBe(false);
  expect(seen({ result: 'tcp-reset' })?.matched).toBe(false);
  const [alone] = observe([probe], [look]);
  expect(alone).not.toHaveProperty('device');
  expect(alone).not.toHaveProperty('rule');
  expect(alone?.events).toEqual(['r1']);
});
