import { expect, it } from 'vitest';
import { resolverSchema } from '../site/schema.js';
import { misanswerFor } from './resolver.js';

const resolver = resolverSchema.parse({
  zones: { 'Contoso.test': '198.18.130.0/24', 'www.fabrikam.test': '198.18.130.9' },
  faults: [
    { name: '*.a.contoso.test', answer: 'timeout' },
    { name: '*.b.test', answer: 'wrong-address', address: '10.0.0.1' },
  ],
});

it.each([
  ['contoso.test', { answer: 'nxdomain', addresses: [], rule: 'zone Contoso.test' }],
  ['public.CONTOSO.test.', { answer: 'nxdomain', addresses: [], rule: 'zone Contoso.test' }],
  ['x.a.contoso.test', { answer: 'timeout', addresses: [], rule: 'timeout *.a.contoso.test' }],
  ['x.b.test', { answer: 'wrong-address', addresses: ['10.0.0.1'], rule: 'wrong-address *.b.test' }],
  ['notcontoso.test', undefined],
  // One host is no zone: the names beside it and below it are the public ones.
  ['api.www.fabrikam.test', undefined],
])('%s: faults come first, then zones that hide the public ones', (name, expected) => {
  expect(misanswerFor(resolver, name)).toEqual(expected);
});
