import ipaddr from 'ipaddr.js';

/** Addresses from the first to the last, both included, as big-endian bytes of one family. */
export interface AddressRange {
  first: Uint8Array;
  last: Uint8Array;
}

/** An address, CIDR or `first-last` of one family, in that order; undefined for anything else. */
export function rangeOf(text: string): AddressRange | undefined {
  // Most destinations are names, and the parser is slow to say so.
  if (!/^[\d.:a-f/-]+$/i.test(text)) return undefined;
  const [from = '', to, ...rest] = text.split('-');
  if (rest.length > 0) return undefined;
  if (to !== undefined) return between(from, to);
  if (ipaddr.isValid(text)) return between(text, text);
  if (!ipaddr.isValidCIDR(text)) return undefined;
  const [address] = ipaddr.parseCIDR(text);
  const family = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  return {
    first: Uint8Array.from(family.networkAddressFromCIDR(text).toByteArray()),
    last: Uint8Array.from(family.broadcastAddressFromCIDR(text).toByteArray()),
  };
}

/** Whether an address lies in a range. An IPv4 address mapped into IPv6 counts as IPv4. */
export function inRange(address: string, range: AddressRange): boolean {
  const one = rangeOf(address);
  return one !== undefined && rangeContains(range, one);
}

/** Whether every address of `inner` is one of `outer`. */
export function rangeContains(outer: AddressRange, inner: AddressRange): boolean {
  return (
    outer.first.length === inner.first.length &&
    compareBytes(outer.first, inner.first) <= 0 &&
    compareBytes(inner.last, outer.last) <= 0
  );
}

function between(from: string, to: string): AddressRange | undefined {
  if (!ipaddr.isValid(from) || !ipaddr.isValid(to)) return undefined;
  const first = Uint8Array.from(ipaddr.process(from).toByteArray());
  const last = Uint8Array.from(ipaddr.process(to).toByteArray());
  const isRange = first.length === last.length && compareBytes(first, last) <= 0;
  return isRange ? { first, last } : undefined;
}

function compareBytes(one: Uint8Array, other: Uint8Array): number {
  const at = one.findIndex((byte, index) => byte !== other[index]);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}
