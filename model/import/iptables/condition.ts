import { inRange, rangeContains, rangeOf } from '../../site/address-range.js';
import type { ImportOptions } from '../importer.js';
import type { IptablesRule, Option } from './read-rules.js';

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

type Part = Partial<Condition>;

const never: Part = { never: true };
const always: Part = {};

/** So many ports, and fewer addresses, the kernel takes in one rule. */
const mostInRule = 15;

function namedPorts({ values: [text = ''], negated }: Option): Part | undefined {
  const list = text.split(',', mostInRule + 1);
  if (negated || list.length > mostInRule) return undefined;
  return {
    ports: list.map((one) => one.replace(/^:/, '0:').replace(/:$/, ':65535').replace(':', '-')),
  };
}

function addresses({ values: [text = ''], negated }: Option): Part | undefined {
  const list = text.split(',', mostInRule + 1);
  if (negated || list.length > mostInRule || list.some((one) => rangeOf(one) === undefined)) return undefined;
  return list.includes('0.0.0.0/0') ? always : { to: list };
}

/** By an address or an interface that the customer knows, and nobody else. */
function isOneOf(
  known: string | undefined,
  fits: (known: string) => boolean,
  negated: boolean,
): Part | undefined {
  if (known === undefined) return undefined;
  return fits(known) === negated ? never : always;
}

function byInterface(known: string | undefined, { values: [name = ''], negated }: Option): Part | undefined {
  // Nothing that a connector sends to the cloud passes there.
  if (name === 'lo') return negated ? always : never;
  const begin = name.endsWith('+') ? name.slice(0, -1) : undefined;
  return isOneOf(known, (one) => (begin === undefined ? one === name : one.startsWith(begin)), negated);
}

const readers: Readonly<Record<string, (option: Option, given: ImportOptions) => Part | undefined>> = {
  '--protocol': ({ values: [name = ''], negated }) =>
    ['tcp', 'all', '6', '0'].includes(name) === negated ? never : always,
  '--dport': namedPorts,
  '--dports': namedPorts,
  // A client takes any of the upper ones.
  '--sport': ({ values: [text = ''], negated }) =>
    !negated && /^(0|1|1024|32768|49152)?:(65535)?$/.test(text) ? always : undefined,
  '--destination': addresses,
  '--dst-range': addresses,
  '--source': ({ values: [text = ''], negated }, { serverAddress }) =>
    isOneOf(serverAddress, (one) => text.split(',').some((some) => isIn(one, some)), negated),
  '--in-interface': (option, { comesBy }) => byInterface(comesBy, option),
  '--out-interface': (option, { goesBy }) => byInterface(goesBy, option),
  '--ctstate': ({ values: [states = ''], negated }) =>
    states.split(',').includes('NEW') === negated ? never : always,
  '--syn': ({ negated }) => (negated ? never : always),
  '--tcp-flags': ({ values: [mask = '', set = ''], negated }) =>
    set === 'SYN' && mask.includes('SYN') && !negated ? always : undefined,
  // Words, and what the target is told.
  '--match': () => always,
  '--comment': () => always,
  '--jump': () => always,
  '--goto': () => always,
  '--reject-with': () => always,
};

function isIn(address: string, range: string): boolean {
  const found = rangeOf(range);
  return found !== undefined && inRange(address, found);
}

/** What a rule asks for, as far as it is known here. */
export function conditionOf({ options, target }: IptablesRule, given: ImportOptions): Condition {
  const told = options.filter(({ name }) => !isOfTarget(target, name));
  return told.reduce<Condition>(
    (all, option) => {
      const part = readers[option.name]?.(option, given) ?? { unclear: [inWords(option)] };
      return part === always ? all : both(all, { never: false, unclear: [], ...part });
    },
    { never: false, unclear: [] },
  );
}

/** Options behind the target are its own, of one that decides nothing or is unknown. */
function isOfTarget(target: string | undefined, name: string): boolean {
  return target !== undefined && /^--(log|nflog|set|to|limit-iface|save|restore|clamp|ulog)-?/.test(name);
}

function inWords({ name, negated, values }: Option): string {
  return [...(negated ? ['!'] : []), name, ...values].join(' ');
}

/** What both ask for: a rule in a chain to which another leads. */
export function both(one: Condition, other: Condition): Condition {
  const ports = one.ports && other.ports ? commonPorts(one.ports, other.ports) : (one.ports ?? other.ports);
  const to =
    one.to && other.to ? commonAddresses(one.to, other.to) : { found: one.to ?? other.to, unclear: [] };
  return {
    never: one.never || other.never || ports?.length === 0 || to.found?.length === 0,
    ...(ports && { ports }),
    ...(to.found && { to: to.found }),
    unclear: [...new Set([...one.unclear, ...other.unclear, ...to.unclear])],
  };
}

/** Whether no connection is what both are about. */
export function areApart(one: Condition, other: Condition): boolean {
  return both(one, other).never;
}

function commonPorts(one: readonly string[], other: readonly string[]): string[] {
  const common = one.map(portRange).flatMap((left) =>
    other.map(portRange).flatMap((right) => {
      const [first, last] = [Math.max(left.first, right.first), Math.min(left.last, right.last)];
      return first > last ? [] : [{ first, last }];
    }),
  );
  return joined(common).map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`));
}

/** In order, those that overlap as one: what several rules ask for together stays as short as they are. */
function joined(ranges: PortRange[]): PortRange[] {
  const all: PortRange[] = [];
  for (const range of ranges.sort((left, right) => left.first - right.first)) {
    const before = all.at(-1);
    if (before && range.first <= before.last) before.last = Math.max(before.last, range.last);
    else all.push(range);
  }
  return all;
}

interface PortRange {
  first: number;
  last: number;
}

function portRange(text: string): PortRange {
  const [first = '', last = first] = text.split('-');
  return { first: Number(first), last: Number(last) };
}

/** Networks lie in each other or apart; of ranges that only overlap it is unclear what is in both. */
function commonAddresses(one: string[], other: string[]): { found: string[]; unclear: string[] } {
  const within = (texts: string[], wide: string[]) =>
    texts.filter((text) => wide.some((outer) => lies(text, outer)));
  const found = [...new Set([...within(one, other), ...within(other, one)])];
  const rest = one.filter((text) => !found.includes(text) && other.some((wide) => overlaps(text, wide)));
  return { found: [...found, ...rest], unclear: rest.length > 0 ? [`-d ${other.join(',')}`] : [] };
}

function lies(inner: string, outer: string): boolean {
  const [one, other] = [rangeOf(inner), rangeOf(outer)];
  return one !== undefined && other !== undefined && rangeContains(other, one);
}

function overlaps(one: string, other: string): boolean {
  const ends = [one, other].map((text) => rangeOf(text));
  const [left, right] = ends;
  if (!left || !right || left.first.length !== right.first.length) return false;
  return !(isBelow(left.last, right.first) || isBelow(right.last, left.first)) && !lies(other, one);
}

function isBelow(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) < 0;
}

/** Ports of a condition, as rules of a site have them. */
export function portsOf(ports: readonly string[]): (number | string)[] {
  return ports.map((one) => (one.includes('-') ? one : Number(one)));
}
