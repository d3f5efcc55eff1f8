import { expect, it } from 'vitest';
import { causeOf } from './cause.js';
import type { Observation, Result } from './results.js';

const result = (more: Partial<Result> = {}): Result => ({
  ...{ operation: 'bootstrap', result: 'tcp-drop', server: 's', expected: 'bootstrap ok', matched: false },
  ...{ events: ['e1'], host: 'h', port: 443, device: 'edge-firewall', rule: 'deny h', detail: 'x' },
  ...more,
});
const seen = (more: Partial<Observation> = {}): Observation => ({
  ...{ subject: 'a user', observed: 'forbidden', expected: 'application', matched: false, events: ['e2'] },
  ...more,
});
const cause = (results: Result[], observations: Observation[] = [], reason = 'r') =>
  causeOf({ phases: [{ phase: 'change', results, observations }], reason });

it('is the same, whatever order, details and events there are, and whatever was as expected', () => {
  const other = result({ detail: 'y', events: ['e9'], expected: 'z' });
  expect(cause([other])).toBe(cause([result()]));
  expect(cause([result(), result({ host: 'g' })])).toBe(cause([result({ host: 'g' }), result()]));
  expect(cause([result(), result({ host: 'g', matched: true })], [seen({ matched: true })])).toBe(
    cause([result()]),
  );
  expect(cause([], [seen({ events: [] })])).toBe(cause([], [seen()]));
});

it.each<[string, Partial<Result>]>([
  ['server', { server: 't' }],
  ['operation', { operation: 'listen' }],
  ['result', { result: 'tcp-reset' }],
  ['host', { host: 'g' }],
  ['port', { port: 80 }],
  ['device', { device: 'proxy' }],
  ['rule', { rule: 'default drop' }],
])('is another with another %s', (_, more) => {
  expect(cause([result(more)])).not.toBe(cause([result()]));
});

it.each<[string, Partial<Observation>]>([
  ['subject', { subject: 'the portal' }],
  ['sight', { observed: 'gateway-timeout' }],
  ['device', { device: 'proxy' }],
  ['rule', { rule: 'deny h' }],
])('is another with another %s of what people saw', (_, more) => {
  expect(cause([], [seen(more)])).not.toBe(cause([], [seen()]));
});

it('is the words of a lab that failed, without the names and numbers of one run', () => {
  const words = (reason: string) => causeOf({ phases: [], reason });
  expect(words('machine lab-4f2a91 died after 12 s')).toBe('machine … died after 12 s');
  expect(words('machine lab-77bc03- died after 12 s')).toBe('machine …- died after 12 s');
  expect(words('the engine stopped, 12345 and abc12')).toBe('the engine stopped, 12345 and abc12');
  expect(causeOf({ phases: [] })).toBe('');
});
