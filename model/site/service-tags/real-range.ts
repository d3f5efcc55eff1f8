import ipaddr from 'ipaddr.js';
import { addressPlan } from '../address-plan.js';
import { type AddressRange, meets, rangeContains, rangeOf } from '../address-range.js';

const labNetwork = '198.18.0.0/15';
const lab = rangeOf(labNetwork) as AddressRange;
/** All of it but {@link addressPlan.cloudNetwork}. */
const beside = ['198.18.0.0-198.18.63.255', '198.18.128.0-198.19.255.255'];
/** All that is routed in the internet, and what lies between. */
const everything = rangeOf('1.0.0.0-223.255.255.255') as AddressRange;

/**
 * Whether a range is a network of the internet's IPv4, as lists of a cloud have them. Single addresses and
 * networks of less than 256 are somebody's servers: no documented host stays in one (connector-facts 4).
 */
export function isRealNetwork(range: AddressRange): boolean {
  const { first, last } = range;
  if (first.length !== 4 || isEverything(range)) return false;
  const isWhole =
    first.slice(0, 3).some((byte, at) => byte !== last[at]) || (first[3] === 0 && last[3] === 255);
  const [from, to] = [first, last].map((bytes) => ipaddr.fromByteArray([...bytes]).range());
  // Of the special networks none has another one of its kind beside it with the internet between them but private ones.
  return isWhole && (from === 'unicast' || to === 'unicast' || from !== to);
}

/** Whether an address is one of the internet, where the lab has none. */
export function isReal(address: string): boolean {
  const range = rangeOf(address);
  return range !== undefined && !rangeContains(lab, range) && ipaddr.process(address).range() === 'unicast';
}

/** Whether a range leaves nothing of the internet out. */
export function isEverything(range: AddressRange): boolean {
  return rangeContains(range, everything);
}

/**
 * Whether a range is about real addresses, and has some of the lab in it by chance alone: `128.0.0.0/1` says
 * something about half of the internet, and nothing about the lab.
 */
function isByChance(range: AddressRange): boolean {
  return meets(range, lab) && !rangeContains(lab, range) && !isEverything(range);
}

/** A range without the lab, where it has that by chance. */
export function withoutLab(text: string): readonly string[] {
  const range = rangeOf(text);
  if (!range || !isByChance(range)) return [text];
  const [from, to] = [range.first.join('.'), range.last.join('.')];
  return [`${from}-198.17.255.255`, `198.20.0.0-${to}`].filter((part) => rangeOf(part) !== undefined);
}

/**
 * Addresses of the lab of which a range does not say whether it is about them: those of the cloud stand for real
 * ones; and what has the site's own by chance, in a customer's network may have them or not.
 */
export function unknownIn(text: string): readonly string[] {
  const range = rangeOf(text);
  if (!range) return [];
  if (isByChance(range)) return [labNetwork];
  return isRealNetwork(range) ? [addressPlan.cloudNetwork] : [];
}

/** Those of the site's own alone, of which published lists of the cloud say nothing. */
export function unknownInside(text: string): readonly string[] {
  const range = rangeOf(text);
  return range && isByChance(range) ? beside : [];
}
