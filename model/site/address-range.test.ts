import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import { isAddress, rangeOf } from './address-range.js';

describe('addresses and networks', () => {
  const number = fc.oneof(fc.nat(255), fc.constantFrom('01', '0', '256', '', '999', 'a'));
  const plain = fc.tuple(number, number, number, number).map((parts) => parts.join('.'));
  const text = fc.oneof(
    plain,
    fc.tuple(plain, fc.oneof(fc.nat(33), fc.constantFrom('08', '', '-1'))).map((parts) => parts.join('/')),
    fc.ipV6(),
    fc.tuple(fc.ipV6(), fc.nat(129)).map((parts) => parts.join('/')),
    fc.domain(),
  );

  it('are read as the parser reads those with four numbers', () => {
    fc.assert(
      fc.property(text, (one) => {
        expect(rangeOf(one)).toEqual(asParsed(one));
        expect(isAddress(one)).toBe(isWritten(one) && ipaddr.isValid(one));
      }),
      { numRuns: 2000 },
    );
  });
});

/** The parser takes `1.2.3` and `010.1.1.1` too, as C does. */
function isWritten(text: string): boolean {
  const [address = '', prefix = '0'] = text.split('/');
  return text.includes(':') || (ipaddr.IPv4.isValidFourPartDecimal(address) && !/^0./.test(prefix));
}

/** From the parser alone. */
function asParsed(text: string) {
  if (!isWritten(text)) return undefined;
  if (ipaddr.isValid(text)) {
    const bytes = Uint8Array.from(ipaddr.process(text).toByteArray());
    return { first: bytes, last: bytes };
  }
  if (!ipaddr.isValidCIDR(text)) return undefined;
  const family = ipaddr.parseCIDR(text)[0].kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  const bytes = (address: { toByteArray(): number[] }) => Uint8Array.from(address.toByteArray());
  return {
    first: bytes(family.networkAddressFromCIDR(text)),
    last: bytes(family.broadcastAddressFromCIDR(text)),
  };
}
