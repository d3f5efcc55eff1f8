import ipaddr from 'ipaddr.js';

/** What addresses, CIDRs and ranges are written with. Most texts are names, and the parser is slow to say so. */
const characters = /^[\d.:a-f/-]+$/i;
/** As addresses of IPv4 are written: four decimal numbers; as a network, with a prefix. */
const plain =
  /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})(?:\/(\d|[12]\d|3[0-2]))?$/;

/** Addresses from the first to the last, both included, as big-endian bytes of one family. */
export interface AddressRange {
  first: Uint8Array;
  last: Uint8Array;
}

/** An address, CIDR or `first-last` of one family, in that order; undefined for anything else. */
export function rangeOf(text: string): AddressRange | undefined {
  if (!characters.test(text)) return undefined;
  const known = plainRange(text);
  if (known) return known;
  const masked = withoutMask(text);
  if (masked) return plainRange(masked);
  const [from = '', to, ...rest] = text.split('-');
  if (rest.length > 0) return undefined;
  if (to !== undefined) return between(from, to);
  if (!text.includes(':')) return undefined;
  if (ipaddr.isValid(text)) return between(text, text);
  if (!ipaddr.isValidCIDR(text)) return undefined;
  return {
    first: Uint8Array.from(ipaddr.IPv6.networkAddressFromCIDR(text).toByteArray()),
    last: Uint8Array.from(ipaddr.IPv6.broadcastAddressFromCIDR(text).toByteArray()),
  };
}

/** Whether a text is one address. */
export function isAddress(text: string): boolean {
  return characters.test(text) && bytesOf(text) !== undefined;
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

/** Whether some address is one of both. */
export function meets(one: AddressRange, other: AddressRange): boolean {
  return (
    one.first.length === other.first.length &&
    compareBytes(one.first, other.last) <= 0 &&
    compareBytes(other.first, one.last) <= 0
  );
}

function between(from: string, to: string): AddressRange | undefined {
  const [first, last] = [bytesOf(from), bytesOf(to)];
  if (!first || !last) return undefined;
  const isRange = first.length === last.length && compareBytes(first, last) <= 0;
  return isRange ? { first, last } : undefined;
}

/** Of one address. */
function bytesOf(text: string): Uint8Array | undefined {
  // The parser takes `1.2.3`, `7` and `010.1.1.1` too, as C does; who writes them means something else.
  if (!text.includes(':')) return text.includes('/') ? undefined : plainRange(text)?.first;
  return ipaddr.isValid(text) ? Uint8Array.from(ipaddr.process(text).toByteArray()) : undefined;
}

/** An address or a network of IPv4. */
function plainRange(text: string): AddressRange | undefined {
  const [, a, b, c, d, prefix] = plain.exec(text) ?? [];
  const bytes = Uint8Array.of(Number(a), Number(b), Number(c), Number(d));
  if (a === undefined || [a, b, c, d].some((byte) => Number(byte) > 255)) return undefined;
  if (prefix === undefined) return { first: bytes, last: bytes };
  const host = (index: number) => 0xff >> Math.min(8, Math.max(0, Number(prefix) - 8 * index));
  return {
    first: bytes.map((byte, index) => byte & ~host(index)),
    last: bytes.map((byte, index) => byte | host(index)),
  };
}

/** `10.1.0.0/16` for `10.1.0.0/255.255.0.0`, as older firewalls write networks: ones, and then zeros. */
export function withoutMask(text: string): string | undefined {
  const [address = '', mask = '', ...rest] = text.split('/');
  const bits = rest.length === 0 && mask.includes('.') ? plainRange(mask)?.first : undefined;
  if (!bits) return undefined;
  const [, ones, zeros] =
    /^(1*)(0*)$/.exec([...bits].map((byte) => byte.toString(2).padStart(8, '0')).join('')) ?? [];
  return ones === undefined || zeros === undefined ? undefined : `${address}/${ones.length}`;
}

function compareBytes(one: Uint8Array, other: Uint8Array): number {
  for (let at = 0; at < one.length; at++) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether an address is that of the machine itself; lists that block hosts write 0.0.0.0, too. */
export function isLoopback(address: string): boolean {
  return isAddress(address) && (address.startsWith('127.') || address === '0.0.0.0');
}
