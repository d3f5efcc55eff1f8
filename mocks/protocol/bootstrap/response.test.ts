import { expect, it } from 'vitest';
import { capturedRetryStrategy } from '../retry-strategy.js';
import { ProtocolError } from '../xml.js';
import { type BootstrapResponse, decodeBootstrapResponse, encodeBootstrapResponse } from './response.js';

const response: BootstrapResponse = {
  connectorState: 'Ok',
  periodicBootstrapIntervalMs: 600_000,
  retry: capturedRetryStrategy(600_000, 3_600_000),
  maxFailedBootstraps: 2166,
  connectionLimit: 200,
  trustRenewEndpoint: 'https://cwap-weur-1.renewtrust.msappproxy.net/renew',
  checkForTrustRenewMinutes: 360,
  minutesBeforeRenew: 43_200,
  signalling: { keepAliveMs: 10_000, leaseMs: 21_600_000, idleMs: 7_200_000, tokenMs: 3_600_000 },
  endpoints: [
    {
      namespace: 'cwap-eur1-weur2',
      domain: 'servicebus.windows.net',
      servicePath: 'a/b',
      sharedAccessKey: 'key',
      sharedAccessKeyName: 'name',
    },
  ],
};
const text = encodeBootstrapResponse(response);

it('a reply says again what was written into it', () => {
  expect(decodeBootstrapResponse(text)).toEqual(response);
});

it.each([
  ['settings that are no JSON', /<ConnectivitySettings>[^<]*/, '<ConnectivitySettings>{'],
  ['settings of another kind', /<ConnectivitySettings>[^<]*/, '<ConnectivitySettings>{}'],
  ['a time that is none', '00:00:10', '00:00:99'],
  ['a state that is none', '>Ok<', '>Fine<'],
])('%s: a ProtocolError', (_, wanted, instead) => {
  const wrong = text.replace(wanted, instead);
  expect(wrong).not.toBe(text);
  expect(() => decodeBootstrapResponse(wrong)).toThrow(ProtocolError);
});

it('the error says which member is wrong, and keeps what it came from', () => {
  const wrong = text.replace(/<ConnectivitySettings>[^<]*/, '<ConnectivitySettings>{');
  expect(() => decodeBootstrapResponse(wrong)).toThrow(
    expect.objectContaining({ message: 'BootstrapResponse: ConnectivitySettings', cause: expect.any(Error) }),
  );
});
