import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSas, makeSas } from './sas.js';

const now = Date.UTC(2026, 5, 1);
const key = 'bGFi';
const check = (token: string, resource = 'ns.servicebus.windows.net/orders') =>
  checkSas(token, { keyOf: (name) => (name === 'Connector' ? key : undefined), resource, now });

describe('a token', () => {
  it('opens what it names and what lies below, until it is over', () => {
    const token = makeSas('http://NS.servicebus.windows.net/orders/', key, 'Connector', now + 1000);
    expect(check(token)).toBe('valid');
    expect(check(token, 'ns.servicebus.windows.net/orders/1')).toBe('valid');
    expect(check(token, 'ns.servicebus.windows.net/orders2')).toBe('wrong-resource');
    expect(check(token, 'ns.servicebus.windows.net')).toBe('wrong-resource');
    expect(check(makeSas('http://ns.servicebus.windows.net/', key, 'Connector', now))).toBe('expired');
  });

  it('is the one that Microsoft documents for other languages', () => {
    // Made with the documented recipe in Python: urlencode, HMAC-SHA256, Base64, urlencode.
    const token =
      'SharedAccessSignature sr=http%3a%2f%2fns.servicebus.windows.net%2forders&sig=x0ej%2FY8ykhP%2BooQf%2BOd2kErBTiIOyLGhC8us1DQBRw0%3D&se=1790000000&skn=Connector';
    expect(check(token)).toBe('valid');
  });

  it('signed otherwise, or changed anywhere, is none', () => {
    const token = makeSas('http://ns.servicebus.windows.net/orders', key, 'Connector', now + 1000);
    const changed = fc.tuple(fc.nat(token.length - 1), fc.constantFrom(...'aA9%&= /\u0000é'));
    fc.assert(
      fc.property(changed, ([at, character]) => {
        fc.pre(token[at]?.toLowerCase() !== character.toLowerCase());
        expect(check(token.slice(0, at) + character + token.slice(at + 1))).not.toBe('valid');
      }),
    );
  });

  it('of any text is malformed or wrong, never an exception', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(check(`SharedAccessSignature ${text}`)).not.toBe('valid');
        expect(check(text)).toBe('malformed');
      }),
    );
  });
});
