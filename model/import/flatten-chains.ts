import { anything, areApart, both, type Condition, portsOf } from './condition.js';
import type { ImportedRule, NotUnderstood } from './importer.js';

export type Action = 'allow' | 'deny' | 'reject' | 'reset';

/** What a rule in a chain does with what it is about. */
export type Verdict =
  | { kind: Action | 'return' | 'go-on' }
  | { kind: 'jump' | 'goto'; chain: string }
  | { kind: 'unknown'; why: string };

export interface ChainRule {
  when: Condition;
  verdict: Verdict;
  /** From 1. */
  line: number;
  text: string;
}

/** A rule of which the first that fits decides. */
export interface Deciding {
  action: Action;
  condition: Condition;
  line: number;
  /** What it may do leads elsewhere, so that no chain behind this one need be asked. */
  isLast?: true;
}

/** Jumps deeper than this are a circle; the kernel itself refuses those. */
const deepest = 32;
/** Rules that are asked on all ways through the chains; files of people have far fewer. */
const mostRules = 100_000;
/** Comparisons of a rule with what returned before it: with this many a second is over. */
const mostComparisons = 1_000_000;

/** What chains say of new TCP connections: one list of rules of which the first that fits decides. */
export class Flattened {
  readonly rules: Deciding[] = [];
  readonly notUnderstood: NotUnderstood[] = [];
  understood = 0;
  /** Why reading was given up, and at which rule: what comes behind it is not read. */
  tooLong: NotUnderstood | undefined;
  #asked = 0;
  #comparisons = 0;
  readonly #told = new Set<string>();

  constructor(
    private readonly chains: ReadonlyMap<string, readonly ChainRule[]>,
    private readonly file: string,
    /** What becomes of connections of which the first chain says nothing. */
    private readonly policy: Action,
  ) {}

  /** Reads a chain and all to which it leads. `outer`: what comes to it at all. */
  read(chain: string, outer: Condition = anything): this {
    this.#chain(chain, outer, 0);
    return this;
  }

  #chain(name: string, outer: Condition, depth: number): void {
    /** What returns to the chain before, and so is not asked any further rule of this one. */
    const returned: { condition: Condition; text: string }[] = [];
    for (const rule of this.chains.get(name) ?? []) {
      if (this.#isTooLong(rule, returned.length)) return;
      const own = rule.when;
      const condition = both(outer, own);
      if (condition.never) {
        this.understood++;
        continue;
      }
      const gone = returned.filter((one) => !areApart(one.condition, condition));
      const unclear = [...condition.unclear, ...gone.map(({ text }) => `not "${text}"`)];
      const all: Condition = { ...condition, unclear };
      if (rule.verdict.kind === 'jump' || rule.verdict.kind === 'goto')
        this.#jump(rule, rule.verdict.chain, all, depth);
      else if (rule.verdict.kind !== 'return') this.#decide(rule, rule.verdict, all);
      if (rule.verdict.kind !== 'return' && rule.verdict.kind !== 'goto') continue;
      if (rule.verdict.kind === 'return' && all.unclear.length === 0) this.understood++;
      // What a first chain leaves open, its policy decides.
      if (depth === 0) this.#push(rule, this.policy, all);
      else returned.push({ condition: own, text: rule.text });
      if (!own.ports && !own.to && own.unclear.length === 0) return;
    }
  }

  /** A hostile file of a few lines could otherwise keep it busy for years. */
  #isTooLong({ line, text }: ChainRule, comparisons: number): boolean {
    this.#asked++;
    this.#comparisons += comparisons;
    if (this.#asked > mostRules || this.#comparisons > mostComparisons) {
      const why = `its chains lead to more than ${this.#asked > mostRules ? `${mostRules} rules` : `${mostComparisons} comparisons`}`;
      this.tooLong ??= { file: this.file, line, text, why };
    }
    return this.tooLong !== undefined;
  }

  #jump(rule: ChainRule, chain: string, condition: Condition, depth: number): void {
    if (depth >= deepest) this.#doubt(rule, condition, `jumps more than ${deepest} deep`);
    else {
      this.understood++;
      this.#chain(chain, condition, depth + 1);
    }
  }

  #decide(rule: ChainRule, verdict: Verdict, condition: Condition): void {
    if (verdict.kind === 'unknown') this.#doubt(rule, condition, verdict.why);
    else if (verdict.kind === 'go-on') this.understood++;
    else {
      this.#push(rule, verdict.kind as Action, condition);
      if (condition.unclear.length === 0) this.understood++;
    }
  }

  #push(rule: ChainRule, action: Action, condition: Condition): void {
    this.rules.push({ action, condition, line: rule.line });
    if (condition.unclear.length > 0)
      this.#note(rule, `not known whether it is met: ${condition.unclear.join('; ')}`);
  }

  /** It may let pass or stop what it is about. */
  #doubt(rule: ChainRule, condition: Condition, why: string): void {
    const unclear = [...condition.unclear, why];
    for (const action of ['deny', 'allow'] as const)
      this.rules.push({ action, condition: { ...condition, unclear }, line: rule.line, isLast: true });
    this.#note(rule, why);
  }

  #note({ line, text }: ChainRule, why: string): void {
    // A chain that several rules lead to is told once.
    const key = `${line} ${why}`;
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.notUnderstood.push({ file: this.file, line, text, why });
  }
}

/** As a site file has it. */
export function ruleOf({ action, condition, line }: Deciding, file: string): ImportedRule {
  const { ports, to, unclear } = condition;
  return {
    [action]: to === undefined ? 'any' : to.length === 1 ? to[0] : to,
    ...(ports && { port: portsOf(ports) }),
    ...(unclear.length > 0 && { unclear: unclear.join('; ').slice(0, 1000) }),
    source: { file, line },
  };
}
