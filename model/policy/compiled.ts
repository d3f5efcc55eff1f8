import { type AddressRange, rangeContains, rangeOf } from '../site/address-range.js';
import { canonical } from '../site/host-name.js';
import { type MatchName, matchKind, meantBy } from '../site/match/index.js';
import type { Destination, MatchKind } from '../site/match/match-kind.js';
import { hasPort, type PortRange, portRanges } from '../site/port-list.js';
import type { Rule } from '../site/schema.js';
import { ByPlace, blocksAcross, blocksOf, type Places, placesOfName } from './by-place.js';
import type { Flow } from './flow.js';
import { placesOfPattern } from './match-host.js';
import { neverFits } from './never-fits.js';
import { remembered } from './remembered.js';
import { destinationOf } from './rule-name.js';

/** A rule as it is asked about flow after flow: what is written is read once. */
export interface CompiledRule {
  rule: Rule;
  destination: Destination;
  /** The destination, as it is compared. */
  pattern: string;
  match: MatchName;
  kind: MatchKind;
  /** Ports that it is about; undefined: all. */
  ports: readonly PortRange[] | undefined;
  /** Addresses that it is about, for a kind that is about addresses. */
  ranges: readonly AddressRange[];
  /** Addresses of which it cannot be said whether it is about them. */
  unknown: readonly AddressRange[];
  /** Where it is found among many; undefined: everywhere. */
  places: Places;
  /** Whether it is about the port, the account and the origin of a flow, wherever that goes. */
  concerns(flow: Flow): boolean;
  /** Whether it is about a name, in lower case. */
  matches(name: string): boolean;
  /** Whether it is about the name or the address of a flow. */
  isAboutPlace(target: Target): boolean;
  /** Whether it decides about a flow, if none before it does. */
  fits(target: Target): boolean;
}

/** A flow as rules are compared with it; what no rule asks for is not worked out. */
export class Target {
  #names: readonly string[] | undefined;
  #address: AddressRange | null | undefined;

  constructor(readonly flow: Flow) {}

  get names(): readonly string[] {
    this.#names ??= (this.flow.names ?? [this.flow.host]).map(canonical);
    return this.#names;
  }

  get address(): AddressRange | undefined {
    if (this.#address === undefined) this.#address = rangeOf(this.flow.address) ?? null;
    return this.#address ?? undefined;
  }

  /** Where rules are found that can be about it; `letters`: by what stands in its names, too. */
  places(letters: boolean): string[] {
    const names = this.names.flatMap((name) => placesOfName(name, letters));
    return [...names, ...(this.address ? blocksOf(this.address) : [])];
  }
}

const lists = new WeakMap<readonly Rule[], readonly CompiledRule[]>();
const indexes = new WeakMap<readonly Rule[], ByPlace<CompiledRule>>();
const single = new WeakMap<Rule, CompiledRule>();

/** The rules of a policy, in order. */
export function compiled(rules: readonly Rule[]): readonly CompiledRule[] {
  return remembered(lists, rules, () => rules.map(compiledRule));
}

/** The rules of a policy by what they are about. */
export function indexed(rules: readonly Rule[]): ByPlace<CompiledRule> {
  return remembered(indexes, rules, () => new ByPlace(compiled(rules), ({ places }) => places));
}

export function compiledRule(rule: Rule): CompiledRule {
  return remembered(single, rule, () => compile(rule));
}

/** Whether a rule is about a flow. */
export function fits(rule: Rule, flow: Flow): boolean {
  return compiledRule(rule).fits(new Target(flow));
}

/**
 * Position of the first rule that is about a flow, from 0; undefined: none is. `asRead`: the flow as
 * application rules know it, where that is another.
 */
export function firstFit(rules: readonly Rule[], flow: Flow, asRead = flow): number | undefined {
  const target = new Target(flow);
  const read = asRead === flow ? target : new Target(asRead);
  return indexed(rules).first(
    (letters) =>
      read === target ? target.places(letters) : [...target.places(letters), ...read.places(letters)],
    (rule) => rule.fits(rule.rule.layer === 'application' ? read : target),
  )?.index;
}

function compile(rule: Rule): CompiledRule {
  const destination = { text: destinationOf(rule), asOf: rule['as-of'], means: rule.means };
  const match = rule.match ?? meantBy(destination.text);
  const kind = matchKind(match);
  const ports = rule.port === 'any' ? undefined : portRanges(rule.port);
  const rangesOf = (texts: readonly string[]) => texts.flatMap((text) => rangeOf(text) ?? []);
  const ranges = kind.by === 'address' ? rangesOf(kind.ranges(destination)) : [];
  const unknown = kind.by === 'address' ? rangesOf(kind.unknown(destination)) : [];
  const pattern = canonical(destination.text);
  const matches = matcherOf(kind, pattern);
  const isAboutPlace = placeMatcher(kind, matches, ranges);
  const machines = rule.from === undefined ? undefined : [rule.from].flat();
  const concerns = ({ port, account, machine }: Flow) =>
    (ports === undefined || hasPort(ports, port)) &&
    (rule.account === undefined || rule.account === account) &&
    (machines === undefined || machines.includes(machine)) &&
    rule.protocol !== 'udp';
  return {
    ...{ rule, destination, pattern, match, kind, matches, ports, ranges, unknown, concerns, isAboutPlace },
    places: rulePlaces(kind, destination.text, ranges),
    fits: neverFits(rule) ? () => false : (target) => concerns(target.flow) && isAboutPlace(target),
  };
}

function rulePlaces(kind: MatchKind, text: string, ranges: readonly AddressRange[]): Places {
  if (kind.by === 'any') return undefined;
  if (kind.by === 'name') {
    const places = placesOfPattern(kind, text);
    return places && [places];
  }
  const blocks = ranges.map(blocksAcross);
  const isFound = (some: string[] | undefined): some is string[] => some !== undefined;
  return blocks.length > 0 && blocks.every(isFound) ? blocks.flat().map((block) => [block]) : undefined;
}

function matcherOf(kind: MatchKind, pattern: string): (name: string) => boolean {
  if (kind.by === 'any') return () => true;
  // A path is the name of no host.
  return kind.by === 'name' && !pattern.includes('/') ? kind.matcher(pattern) : () => false;
}

function placeMatcher(
  { by }: MatchKind,
  matches: (name: string) => boolean,
  ranges: readonly AddressRange[],
): (target: Target) => boolean {
  if (by === 'any') return () => true;
  if (by === 'address')
    return ({ address }) => address !== undefined && ranges.some((range) => rangeContains(range, address));
  return ({ names }) => names.some(matches);
}
