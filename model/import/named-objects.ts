import { rangeOf } from '../site/address-range.js';
import { always, bySource, isPorts, never, otherPorts, type Part } from './condition.js';
import { isInsideOnly } from './inside-only.js';

/** What names in a rule stand for: hosts and addresses, or ports of TCP. */
export interface Meaning {
  /** It is everything, whatever else is named. */
  all: boolean;
  values: string[];
  /** What of it nobody can say. */
  unclear: readonly string[];
}

export const everything: Meaning = { all: true, values: [], unclear: [] };
/** Of another protocol, say. */
export const nothing: Meaning = { all: false, values: [], unclear: [] };

export function meaning(...values: string[]): Meaning {
  return { all: false, values, unclear: [] };
}

export function notSaid(...unclear: string[]): Meaning {
  return { all: false, values: [], unclear };
}

/** Groups in groups deeper than this are a circle, or made to be slow. */
const deepest = 32;
/** Of lists that were put together for rules and groups; those of people have thousands. */
const mostEntries = 1_000_000;

/** Objects that rules call by name, and groups of them. */
export class NamedObjects {
  readonly #known = new Map<string, Meaning>();
  readonly #groups = new Map<string, readonly string[]>();
  #entries = 0;

  constructor(
    /** For people: `address`. */
    private readonly what: string,
    /** What a name means that nothing defines; undefined: nobody knows. */
    private readonly otherwise: (name: string) => Meaning | undefined,
  ) {}

  define(name: string, means: Meaning): void {
    this.#known.set(name, means);
  }

  group(name: string, members: readonly string[]): void {
    this.#groups.set(name, members);
  }

  /** What any of several names stands for. */
  of(names: readonly string[], depth = 0): Meaning {
    const all = names.map((name) => this.#one(name, depth));
    if (all.length === 1 && all[0]) return all[0];
    this.#entries += all.reduce((sum, { values }) => sum + values.length, 0);
    if (this.#entries > mostEntries) return notSaid(`lists of more than ${mostEntries} entries together`);
    return {
      all: all.some((one) => one.all),
      values: [...new Set(all.flatMap(({ values }) => values))],
      unclear: [...new Set(all.flatMap(({ unclear }) => unclear))],
    };
  }

  #one(name: string, depth: number): Meaning {
    const known = this.#known.get(name);
    if (known) return known;
    const members = this.#groups.get(name);
    if (!members) return this.otherwise(name) ?? notSaid(`${this.what} "${name}" is not in this file`);
    if (depth >= deepest) return notSaid(`groups more than ${deepest} deep`);
    const means = this.of(members, depth + 1);
    this.#known.set(name, means);
    return means;
  }
}

/** Where a rule leads to, as alternatives: what is known of it, and what is not. */
export function toDestinations({ all, values, unclear }: Meaning, negated: boolean): Part[] {
  if (all) return [negated ? never : always];
  if (negated && unclear.length === 0 && values.every(isInsideOnly)) return [always];
  if (negated) return [{ unclear: [`all destinations but ${few(values, unclear)}`] }];
  const known: Part[] = values.length > 0 ? [{ to: values }] : [];
  return unclear.length > 0 || known.length === 0
    ? [...known, unclear.length > 0 ? { unclear: [...unclear] } : never]
    : known;
}

/** Whether the server is one of the sources. */
export function fromSources(
  { all, values, unclear }: Meaning,
  negated: boolean,
  serverAddress: string | undefined,
): Part {
  if (all) return negated ? never : always;
  const addresses = values.filter((one) => rangeOf(one) !== undefined);
  const strange = [...unclear, ...values.filter((one) => rangeOf(one) === undefined)];
  const isOne = bySource(serverAddress, addresses, negated);
  if (!isOne)
    return {
      unclear: [`for sources ${few(values, unclear)}: say which is the server's (--server-address)`],
    };
  // Whoever is one of the addresses is meant, whatever else is named.
  const isMet = (isOne === always) !== negated;
  return isMet || strange.length === 0 ? isOne : { unclear: [`sources ${few(strange, [])}`] };
}

/** Which ports of TCP services are. */
export function onPorts({ all, values, unclear }: Meaning, negated = false): Part {
  if (all) return negated ? never : always;
  if (unclear.length > 0) return { unclear: [...unclear] };
  const ports = values.filter(isPorts);
  if (ports.length < values.length) return { unclear: [`ports ${few(values, [])}`] };
  if (negated) return ports.length > 0 ? { ports: otherPorts(ports) } : always;
  return ports.length > 0 ? { ports } : never;
}

/** By an interface or zone that the customer knows. `option`: with which it is given. */
export function throughInterface(
  names: readonly string[],
  known: string | undefined,
  option: '--comes-by' | '--goes-by',
  /** What the known one is called besides; undefined of one of which that is not known. */
  aliases: (known: string) => readonly string[],
  isDeclared: (name: string) => boolean,
): Part {
  if (names.includes('any')) return always;
  if (names.length === 0) return { unclear: [`it names no interface (${option})`] };
  const way = option === '--comes-by' ? 'from' : 'to';
  if (known === undefined)
    return { unclear: [`${way} ${few(names, [])}: say by which the server's connections pass (${option})`] };
  const own = [known, ...aliases(known)];
  if (names.some((name) => own.includes(name))) return always;
  const strange = names.filter((name) => !isDeclared(name));
  return strange.length > 0 ? { unclear: [`${way} ${few(strange, [])}`] } : never;
}

function few(values: readonly string[], others: readonly string[]): string {
  const all = [...values, ...others];
  return `${all.slice(0, 4).join(', ')}${all.length > 4 ? ' …' : ''}`;
}
