import { type AddressRange, rangeContains, rangeOf } from '../site/address-range.js';
import { canonical } from '../site/host-name.js';
import { type MatchName, matchKind, meantBy } from '../site/match/index.js';
import type { Destination, MatchKind } from '../site/match/match-kind.js';
import type { Rule } from '../site/schema.js';
import type { Flow } from './flow.js';
import { hostMatcher } from './match-host.js';
import { destinationOf } from './rule-name.js';

/** A rule as it is asked about flow after flow: what is written is read once. */
export interface CompiledRule {
  rule: Rule;
  destination: Destination;
  match: MatchName;
  kind: MatchKind;
  /** Ports that it is about; undefined: all. */
  ports: ReadonlySet<number> | undefined;
  /** Addresses that it is about, for a kind that is about addresses. */
  ranges: readonly AddressRange[];
  fits(target: Target): boolean;
}

/** A flow as rules are compared with it. */
interface Target {
  flow: Flow;
  names: readonly string[];
  address: AddressRange | undefined;
}

const lists = new WeakMap<readonly Rule[], readonly CompiledRule[]>();
const single = new WeakMap<Rule, CompiledRule>();

/** The rules of a policy, in order. */
export function compiled(rules: readonly Rule[]): readonly CompiledRule[] {
  return remembered(lists, rules, () => rules.map(compiledRule));
}

export function compiledRule(rule: Rule): CompiledRule {
  return remembered(single, rule, () => compile(rule));
}

export function targetOf(flow: Flow): Target {
  return { flow, names: (flow.names ?? [flow.host]).map(canonical), address: rangeOf(flow.address) };
}

function compile(rule: Rule): CompiledRule {
  const destination = { text: destinationOf(rule), asOf: rule['as-of'] };
  const match = rule.match ?? meantBy(destination.text);
  const kind = matchKind(match);
  const ports = rule.port === 'any' ? undefined : new Set([rule.port].flat());
  const ranges = kind.by === 'address' ? kind.ranges(destination).flatMap((text) => rangeOf(text) ?? []) : [];
  const isAbout = matcherOf(kind, match, destination.text, ranges);
  return {
    ...{ rule, destination, match, kind, ports, ranges },
    fits: (target) =>
      (ports === undefined || ports.has(target.flow.port)) &&
      (rule.account === undefined || rule.account === target.flow.account) &&
      (rule.from === undefined || rule.from === target.flow.machine) &&
      isAbout(target),
  };
}

function matcherOf(
  { by }: MatchKind,
  match: MatchName,
  pattern: string,
  ranges: readonly AddressRange[],
): (target: Target) => boolean {
  if (by === 'any') return () => true;
  if (by === 'address')
    return ({ address }) => address !== undefined && ranges.some((range) => rangeContains(range, address));
  const matches = hostMatcher(pattern, match);
  return ({ names }) => names.some(matches);
}

function remembered<K extends object, V>(memory: WeakMap<K, V>, key: K, make: () => V): V {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = make();
  memory.set(key, made);
  return made;
}
