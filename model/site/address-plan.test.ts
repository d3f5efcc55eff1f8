import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ipv4Of, ipv6Network, ipv6Of } from './address-plan.js';
import { inRange, rangeOf } from './address-range.js';

it('an address of IPv4 has one of IPv6 beside it, in the lab’s own network, and is found again by it', () => {
  const network = rangeOf(ipv6Network);
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      expect(network && inRange(ipv6Of(address), network)).toBe(true);
      expect(ipv4Of(ipv6Of(address))).toBe(address);
    }),
  );
});

it.each(['2001:db8:1ac::198.18.1.10', '::ffff:198.18.1.10', 'fe80::1', '198.18.1.10', 'name'])(
  '%s is beside none',
  (address) => expect(ipv4Of(address)).toBeUndefined(),
);
