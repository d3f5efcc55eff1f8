import { anything, both, type Condition, never, otherPorts, type Part } from '../condition.js';
import type { ChainRule, Verdict } from '../flatten-chains.js';
import type { Element, Elements, Rule, Statement, Table } from './ruleset.js';
import { isOfAnotherKind, type Known, partOf } from './selectors.js';

/** A key that is none of the others. */
const isOther = ({ key }: Element) => key.length === 1 && key[0] === '*';

/** Rules that one may become; concatenations multiply. */
const mostWays = 20_000;

/** Reads rules of one table: each as several, where it has a map or a concatenation. */
export class RuleReader {
  constructor(
    private readonly table: Table,
    private readonly known: Known,
  ) {}

  /** What a rule asks, and what becomes of whom it is about. */
  read({ statements, line, text }: Rule): ChainRule[] {
    const found: ChainRule[] = [];
    const add = (when: Condition, verdict: Verdict) => found.push({ when, verdict, line, text });
    /** It is about all that one of these is about. */
    let ways: Condition[] = [anything];
    for (const statement of statements) {
      if (statement.kind === 'verdict') {
        for (const way of ways) add(way, this.#led(statement.verdict));
        return found;
      }
      if (statement.kind === 'map') this.#map(statement, ways, add);
      else if (statement.kind === 'unclear') ways = withPart(ways, { unclear: [statement.text] });
      else ways = this.#match(statement, ways);
    }
    if (found.length === 0) add(anything, { kind: 'go-on' });
    return found;
  }

  #match({ selectors, negated, of, text }: Statement & { kind: 'match' }, ways: Condition[]): Condition[] {
    const doubt: Part = { unclear: [text] };
    const elements = this.#elements(of);
    const [selector = '', ...others] = selectors;
    if (elements?.some(({ key }) => key.length !== selectors.length)) return withPart(ways, doubt);
    if (others.length === 0) {
      if (isOfAnotherKind(selector)) return withPart(ways, never);
      const keys = elements?.map(({ key: [only = ''] }) => only);
      return withPart(ways, (keys && partOf(selector, keys, negated, this.known)) ?? doubt);
    }
    if (selectors.some(isOfAnotherKind)) return withPart(ways, never);
    if (!elements || negated || elements.length * ways.length > mostWays) return withPart(ways, doubt);
    const alternatives = elements.map((one) => this.#key(selectors, one) ?? { ...anything, unclear: [text] });
    return alternatives.filter((one) => !one.never).flatMap((one) => withPart(ways, one));
  }

  #map(
    { selectors, of, text }: Statement & { kind: 'map' },
    ways: Condition[],
    add: (when: Condition, verdict: Verdict) => void,
  ): void {
    const elements = this.#elements(of);
    if (
      !elements ||
      elements.some((one) => !one.verdict || !(isOther(one) || one.key.length === selectors.length))
    ) {
      const why = `${text}: what is in ${typeof of === 'string' ? of : 'it'} is not known`;
      for (const way of ways) add(way, { kind: 'unknown', why });
      return;
    }
    const told = elements.filter((one) => !isOther(one));
    for (const one of told) {
      const key = this.#key(selectors, one) ?? { ...anything, unclear: [`${text} ${one.key.join(' . ')}`] };
      for (const way of withPart(ways, key)) add(way, this.#led(one.verdict ?? { kind: 'go-on' }));
    }
    const other = elements.find(isOther)?.verdict;
    if (other)
      for (const way of withPart(ways, this.#noneOf(selectors, told, text))) add(way, this.#led(other));
  }

  /** What is none of the keys of a map. */
  #noneOf(selectors: readonly string[], told: readonly Element[], text: string): Part {
    const keys = told
      .map((one) => ({ ...one, when: this.#key(selectors, one) }))
      .filter(({ when }) => !when?.never);
    const whens = keys.map(({ when }) => when);
    if (whens.some((one) => one && !one.ports && !one.to)) return never;
    if (whens.every((one) => one?.ports && !one.to))
      return { ports: otherPorts(whens.flatMap((one) => one?.ports ?? [])) };
    // Verdicts that end it have taken theirs before.
    const ends = keys.every(({ verdict }) =>
      ['allow', 'deny', 'reject', 'reset'].includes(verdict?.kind ?? ''),
    );
    return ends ? {} : { unclear: [`${text}: none of its keys`] };
  }

  /** Chains that are not in this file may do anything. */
  #led(verdict: Verdict): Verdict {
    if (!('chain' in verdict) || this.table.chains.has(verdict.chain)) return verdict;
    return { kind: 'unknown', why: `the chain ${verdict.chain} is not in this file` };
  }

  #key(selectors: readonly string[], { key }: Element): Condition | undefined {
    let all: Condition = anything;
    for (const [index, selector] of selectors.entries()) {
      const part = partOf(selector, [key[index] ?? ''], false, this.known);
      if (!part) return undefined;
      all = both(all, part);
    }
    return all;
  }

  /** Undefined: nobody knows them. */
  #elements(of: Elements): readonly Element[] | undefined {
    if (typeof of !== 'string') return of.some(({ key }) => key.length === 0) ? undefined : of;
    const set = this.table.sets.get(of.slice(1));
    return set && !set.changes ? set.elements : undefined;
  }
}

function withPart(ways: readonly Condition[], part: Part): Condition[] {
  return ways.map((one) => both(one, part));
}
