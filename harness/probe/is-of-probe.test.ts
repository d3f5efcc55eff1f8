import { expect, it } from 'vitest';
import { redacted } from '../../model/diagnosis/redact.js';
import { attempts } from '../../model/diagnosis/testing.js';
import { isOfHolding, isOfProbe } from './is-of-probe.js';

it.each(['reach the host', 'reach the service', 'ask for signalling', 'hold a connection'])(
  'knows a probe by what it tried to do (%s), also where names are left out',
  (purpose) => {
    expect(isOfProbe(attempts({}, { purpose }))).toBe(true);
    expect(isOfProbe(redacted(attempts({ purpose })))).toBe(true);
  },
);

it('takes what a connector did for no probe', () => {
  const ended = { id: 'o1', server: 's', operation: 'listen', outcome: 'ok' } as const;
  expect(isOfProbe(attempts({ purpose: 'listen for requests' }))).toBe(false);
  expect(isOfProbe({ ...attempts({ purpose: 'reach the host' }), operations: [ended] })).toBe(false);
});

it('knows whether connections were held open', () => {
  expect(isOfHolding(attempts({ purpose: 'hold a connection' }))).toBe(true);
  expect(isOfHolding(attempts({ purpose: 'ask for signalling' }))).toBe(false);
});
