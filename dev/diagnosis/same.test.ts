import { expect, it } from 'vitest';
import type { Attempt } from '../../model/diagnosis/evidence.js';
import { attempts } from '../../model/diagnosis/testing.js';
import { isSame, observed } from './same.js';

const same = (one: Partial<Attempt>, other: Partial<Attempt>) =>
  isSame(observed(attempts(one)), observed(attempts(other)));

it.each<[string, Partial<Attempt>, Partial<Attempt>]>([
  ['numbers of an event and of a connection', { id: 'e1', connection: 'c1' }, { id: 'e9', connection: 'c7' }],
  [
    'which gateway the service chose',
    { host: 'g10-prod-am3-005-sb.servicebus.windows.net', address: '198.18.66.3' },
    { host: 'g41-prod-am3-005-sb.servicebus.windows.net', address: '198.18.66.4' },
  ],
  ['what the relay calls its refusal', refusal('0a0a0a0a'), refusal('0b0b0b0b')],
])('two lives are the same but for %s', (_, one, other) => {
  expect(same(one, other)).toBe(true);
});

it.each<[string, Partial<Attempt>, Partial<Attempt>]>([
  ['an outcome', {}, { outcome: 'tcp-reset' }],
  ['an address', {}, { address: '198.18.66.2' }],
  ['how long was waited', { waitedMs: 1 }, { waitedMs: 2 }],
  ['the year of a certificate', shown('Jun 10 09:00:00 2027 GMT'), shown('Jun 10 09:00:00 2026 GMT')],
  ['what the other end said', { said: 'a' }, { said: 'b' }],
])('%s tells two lives apart', (_, one, other) => {
  expect(same(one, other)).toBe(false);
});

it('a connection that was of use and one that was not are lost in two ways', () => {
  const lost = { connection: 'c1', outcome: 'tcp-reset' } as const;
  const [used, unused] = [{ connection: 'c1' }, { connection: 'c2' }].map((first) =>
    observed(attempts(first, lost)),
  ) as [Set<string>, Set<string>];
  expect(isSame(used, unused)).toBe(false);
});

function refusal(digits: string): Partial<Attempt> {
  return { outcome: 'refused-by-service', said: `404. TrackingId:${digits}-1111-2222-3333-444444444444` };
}
function shown(notAfter: string): Partial<Attempt> {
  return { shown: { chain: [{ subject: 'CN=a', issuer: 'CN=b', notAfter }] } };
}
