import { expect, it } from 'vitest';
import { diagnose } from './diagnose.js';
import { evidenceSchema } from './evidence.js';
import { redacted } from './redact.js';
import { attempts } from './testing.js';

const secret = /contoso|svc-connector|app-proxy|proxy-7|10\.20|72f988bf/i;

const evidence = {
  ...attempts(
    {
      via: 'proxy-7.contoso.test:8080',
      outcome: 'proxy-407',
      said: 'the proxy answered 407, asking for NTLM',
    },
    {
      account: 'CONTOSO\\svc-connector$',
      host: '72f988bf-86f1-41af-91ab-2d7cd011db47.bootstrap.msappproxy.net',
      outcome: 'tls-untrusted-issuer',
      said: '"CN=Contoso Inspection" is not a trusted authority',
      shown: {
        chain: [{ subject: 'CN=*.contoso.test', issuer: 'CN=Contoso Inspection', notAfter: 'Jan 1 2027' }],
      },
    },
    { host: 'login.microsoftonline.com', address: '10.20.30.40', outcome: 'tcp-drop', waitedMs: 21_000 },
  ),
  facts: [
    { id: 'f1', server: 'app-proxy-01', fact: 'ie-esc', found: 'on', needed: 'off', met: false } as const,
  ],
};

it('leaves no name of whoever it is about, and is evidence still', () => {
  const text = JSON.stringify(redacted(evidence));
  expect(JSON.stringify(evidence)).toMatch(secret);
  expect(text).not.toMatch(secret);
  expect(evidenceSchema.parse(JSON.parse(text))).toEqual(redacted(evidence));
});

it('is diagnosed as before', () => {
  const rules = (of: typeof evidence) => diagnose(of).causes.map(({ rule, scope }) => [rule, scope.row]);
  expect(rules(evidence).length).toBe(4);
  expect(rules(redacted(evidence) as typeof evidence)).toEqual(rules(evidence));
});
