import { type AddressRange, inRange, rangeOf } from '../site/address-range.js';
import { isInsideOnly } from './inside-only.js';

/** When a rule is about a new TCP connection. */
export interface Condition {
  /** It never is. */
  never: boolean;
  /** Destination ports, as `443` or `8000-8100`; undefined: all. */
  ports?: string[];
  /** Destinations as addresses and ranges; undefined: all. */
  to?: string[];
  /** What of it nobody can say. */
  unclear: string[];
}

/** What one part of a rule asks for. */
export type Part = Partial<Condition>;

export const never: Part = { never: true };
export const always: Part = {};
/** Of every connection. */
export const anything: Condition = { never: false, unclear: [] };

/** What both ask for: a rule in a chain to which another leads. */
export function both(one: Condition, other: Part): Condition {
  const ports = one.ports && other.ports ? commonPorts(one.ports, other.ports) : (one.ports ?? other.ports);
  const to = one.to && other.to ? commonAddresses(one.to, other.to) : (one.to ?? other.to);
  return {
    never: one.never || (other.never ?? false) || ports?.length === 0 || to?.length === 0,
    ...(ports && { ports }),
    ...(to && { to }),
    unclear: other.unclear?.length ? [...new Set([...one.unclear, ...other.unclear])] : one.unclear,
  };
}

/** Whether no connection is what both are about. */
export function areApart(one: Condition, other: Condition): boolean {
  return both(one, other).never;
}

/**
 * Addresses of IPv4 and ranges of them; undefined: one is none, or all but them are meant. `passes`: it is about
 * what passes to the internet, where nothing private is; what a server reaches inside has addresses of its own.
 */
export function toAddresses(
  texts: readonly string[],
  negated: boolean,
  { passes }: { passes: boolean },
): Part | undefined {
  if (negated) return passes && texts.length > 0 && texts.every(isInsideOnly) ? always : undefined;
  if (texts.some((one) => rangeOf(one) === undefined)) return undefined;
  return texts.includes('0.0.0.0/0') ? always : { to: [...texts] };
}

/** By an address or an interface that the customer knows, and nobody else. */
export function isOneOf(
  known: string | undefined,
  fits: (known: string) => boolean,
  negated: boolean,
): Part | undefined {
  if (known === undefined) return undefined;
  return fits(known) === negated ? never : always;
}

/** Where a connection is asked before it is known by which it goes, or begins, so that it comes by none. */
export const noInterface = '';

/** Of names of interfaces, of which those with `wildcard` behind them are beginnings. */
export function byInterface(
  known: string | undefined,
  names: readonly string[],
  negated: boolean,
  wildcard: string,
): Part | undefined {
  // Nothing that a connector sends to the cloud passes there.
  if (names.every((name) => name === 'lo')) return negated ? always : never;
  // Kernels differ in what no interface at all is taken for.
  if (known === noInterface) return negated ? undefined : never;
  const fits = (one: string) =>
    names.some((name) =>
      name.endsWith(wildcard) ? one.startsWith(name.slice(0, -wildcard.length)) : one === name,
    );
  return isOneOf(known, fits, negated);
}

/** Whether the server's address is in one of several ranges. */
export function bySource(
  serverAddress: string | undefined,
  texts: readonly string[],
  negated: boolean,
): Part | undefined {
  const ranges = texts.map((one) => rangeOf(one));
  if (ranges.some((one) => one === undefined)) return undefined;
  return isOneOf(
    serverAddress,
    (one) => ranges.some((range) => range !== undefined && inRange(one, range)),
    negated,
  );
}

/** Ports of a condition, as rules of a site have them. */
export function portsOf(ports: readonly string[]): (number | string)[] {
  return ports.map((one) => (one.includes('-') ? one : Number(one)));
}

/** Whether a text is a port or a range of them. */
export function isPorts(text: string): boolean {
  if (!/^\d{1,5}(-\d{1,5})?$/.test(text)) return false;
  const { first, last } = portRange(text);
  return first <= last && last >= 1 && last <= 65535;
}

interface Ports {
  first: number;
  last: number;
}

/** All ports that are none of these; nothing is at port 0. */
export function otherPorts(ports: readonly string[]): string[] {
  const taken = ports.map(portRange).sort((one, other) => one.first - other.first);
  const free: string[] = [];
  let next = 1;
  for (const { first, last } of taken) {
    if (first > next) free.push(portText({ first: next, last: first - 1 }));
    next = Math.max(next, last + 1);
  }
  return next > 65535 ? free : [...free, portText({ first: next, last: 65535 })];
}

function commonPorts(one: readonly string[], other: readonly string[]): string[] {
  return one.map(portRange).flatMap((left) =>
    other.map(portRange).flatMap((right) => {
      const [first, last] = [Math.max(left.first, right.first), Math.min(left.last, right.last)];
      return first > last ? [] : [portText({ first, last })];
    }),
  );
}

function portRange(text: string): Ports {
  const [first = '', last = first] = text.split('-');
  return { first: Number(first), last: Number(last) };
}

function portText({ first, last }: Ports): string {
  return first === last ? `${first}` : `${first}-${last}`;
}

interface Written extends AddressRange {
  text: string;
}

/** Lists of sets are asked again for every rule behind them. */
const sorted = new WeakMap<readonly string[], Written[]>();

function commonAddresses(one: readonly string[], other: readonly string[]): string[] {
  const [few, many] = one.length <= other.length ? [one, other] : [other, one];
  const ranges = sorted.get(many) ?? apart(many.flatMap(withRange));
  sorted.set(many, ranges);
  return [...new Set(few.flatMap(withRange).flatMap((range) => [...within(ranges, range)]))];
}

function withRange(text: string): Written[] {
  const range = rangeOf(text);
  return range ? [{ ...range, text }] : [];
}

/** The same addresses in order, none of them twice. */
function apart(ranges: Written[]): Written[] {
  const all: Written[] = [];
  for (const range of ranges.sort((one, next) => order(one.first, next.first))) {
    const before = all.at(-1);
    if (!before || order(before.last, range.first) < 0) all.push(range);
    else if (order(before.last, range.last) < 0)
      all[all.length - 1] = {
        ...joinedText(before.first, range.last),
        first: before.first,
        last: range.last,
      };
  }
  return all;
}

/** What a range has in common with others that are apart and in order. */
function* within(ranges: readonly Written[], range: Written): Generator<string> {
  let [from, to] = [0, ranges.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (order(ranges[middle]?.last ?? range.last, range.first) < 0) from = middle + 1;
    else to = middle;
  }
  for (let at = from; at < ranges.length; at++) {
    const next = ranges[at];
    if (!next || order(next.first, range.last) > 0) return;
    yield* inCommon(range, next);
  }
}

/** Of one family before the other. */
function order(one: Uint8Array, other: Uint8Array): number {
  return one.length - other.length || Buffer.compare(one, other);
}

function joinedText(first: Uint8Array, last: Uint8Array): { text: string } {
  return { text: `${addressOf(first)}-${addressOf(last)}` };
}

/** As it was written, where one lies in the other. */
function inCommon(one: Written, other: Written): string[] {
  if (one.first.length !== other.first.length) return [];
  const [later, sooner] = [
    isBelow(one.first, other.first) ? other : one,
    isBelow(one.last, other.last) ? one : other,
  ];
  if (isBelow(sooner.last, later.first)) return [];
  if (later === sooner) return [later.text];
  if (!isBelow(other.first, one.first) && !isBelow(one.last, other.last)) return [other.text];
  if (!isBelow(one.first, other.first) && !isBelow(other.last, one.last)) return [one.text];
  return [joinedText(later.first, sooner.last).text];
}

function isBelow(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) < 0;
}

/** Of IPv4 as usual, of IPv6 without its short forms. */
function addressOf(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.');
  return [...bytes.keys()]
    .filter((at) => at % 2 === 0)
    .map((at) => (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)).toString(16))
    .join(':');
}
