import { expect, it } from 'vitest';
import { certificateDecision, failureDecision, slownessDecision } from './application.js';

const internal = 'https://intranet.contoso.test/';

it.each([
  ['self-signed', 'that it signed itself'],
  ['expired', 'that has expired'],
  ['wrong-name', 'for another name'],
] as const)('an application with a certificate that is %s shows one %s', (certificate, words) => {
  expect(certificateDecision({ internal, certificate })).toEqual({
    ...{ device: 'application-host', action: 'present', rule: `certificate ${certificate}` },
    explanation: `intranet.contoso.test shows a certificate ${words}`,
  });
});

it('a good certificate, and one that nobody asks for, is nothing to tell of', () => {
  expect(certificateDecision({ internal, certificate: 'trusted' })).toBeUndefined();
  expect(
    certificateDecision({ internal: 'http://intranet.contoso.test/', certificate: 'expired' }),
  ).toBeUndefined();
});

it('an application that fails or is slow says so, and one that runs nothing', () => {
  const name = 'Intranet';
  expect(failureDecision({ name, state: 'failing' })).toEqual({
    ...{ device: 'application-host', action: 'allow', rule: 'state failing' },
    explanation: '"Intranet" answers every request with status 500',
  });
  expect(slownessDecision({ name, state: 'slow' })).toEqual({
    ...{ device: 'application-host', action: 'drop', rule: 'state slow' },
    explanation: '"Intranet" answers after 120 s, and connectors wait for 85 s',
  });
  for (const state of ['running', 'slow'] as const) expect(failureDecision({ name, state })).toBeUndefined();
  for (const state of ['running', 'failing'] as const)
    expect(slownessDecision({ name, state })).toBeUndefined();
});
