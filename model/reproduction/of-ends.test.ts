import { expect, it } from 'vitest';
import { diagnose } from '../diagnosis/diagnose.js';
import { attempts } from '../diagnosis/testing.js';
import { reproduce } from './reproduce.js';

const by = (issuer: string, host: string, outcome: 'tls-untrusted-issuer' | 'http-unauthorized') => ({
  ...{ host, outcome, connected: true },
  shown: { chain: [{ subject: `CN=${host}`, issuer: `CN=${issuer}`, notAfter: '' }] },
});
const login = 'login.microsoftonline.com';
const fine = {
  host: login,
  shown: { chain: [{ subject: `CN=${login}`, issuer: 'CN=DigiCert Global Root G2', notAfter: '' }] },
};
const [bus, graph] = ['a.servicebus.windows.net', 'management.azure.com'];

it('makes one inspection of the places at which it was seen', () => {
  const evidence = attempts(
    by('Contoso CA', bus, 'tls-untrusted-issuer'),
    by('Contoso CA', graph, 'http-unauthorized'),
    fine,
  );
  const { site, made, unmade } = reproduce(evidence, diagnose(evidence));
  expect([made.length, unmade]).toEqual([2, []]);
  expect(site.inspection).toEqual({
    authority: 'Contoso CA',
    'trusted-by-server': false,
    only: ['*.servicebus.windows.net', graph],
  });
});

it('makes no site of two inspections by two authorities', () => {
  const evidence = attempts(
    by('Contoso CA', bus, 'tls-untrusted-issuer'),
    by('Supplier CA', graph, 'tls-untrusted-issuer'),
    fine,
  );
  const { site, made, unmade } = reproduce(evidence, diagnose(evidence));
  expect([made.length, unmade.length]).toEqual([1, 1]);
  expect(site.inspection).toMatchObject({ authority: 'Contoso CA' });
});
