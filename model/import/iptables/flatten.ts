import type { ImportedRule, ImportOptions, NotUnderstood } from '../importer.js';
import { areApart, both, type Condition, conditionOf, portsOf } from './condition.js';
import type { IptablesRule, Table } from './read-rules.js';

/** Targets after which the next rule is asked. */
const goesOn = new Set([
  ...[
    'LOG',
    'NFLOG',
    'ULOG',
    'MARK',
    'CONNMARK',
    'TCPMSS',
    'DSCP',
    'TOS',
    'TTL',
    'HL',
    'CLASSIFY',
    'CT',
    'NOTRACK',
  ],
  ...['SECMARK', 'CONNSECMARK', 'SET', 'AUDIT', 'TRACE', 'CHECKSUM', 'ACCOUNT', 'RATEEST'],
]);
/** Chains that lead to each other many times become more rules than anybody has. */
const mostRules = 100_000;
/** Comparisons of a rule with what returned before it: with this many a second is over. */
const mostComparisons = 1_000_000;
/** Jumps deeper than this are a circle; the kernel itself refuses those. */
const deepest = 32;

/** What a chain says of new TCP connections: rules of which the first that fits decides. */
export class Flattened {
  readonly rules: ImportedRule[] = [];
  readonly notUnderstood: NotUnderstood[] = [];
  understood = 0;
  /** Why reading was given up, and at which rule. */
  tooLong: NotUnderstood | undefined;
  #steps = 0;
  #comparisons = 0;
  readonly #told = new Set<string>();

  constructor(
    private readonly table: Table,
    private readonly file: string,
    private readonly given: ImportOptions,
  ) {}

  /** Reads a chain and all to which it leads. */
  read(chain: string): this {
    this.#chain(chain, { never: false, unclear: [] }, 0);
    return this;
  }

  #chain(name: string, outer: Condition, depth: number): void {
    /** What returns to the chain before, and so is not asked any further rule of this one. */
    const returned: { condition: Condition; text: string }[] = [];
    for (const rule of this.table.rules.get(name) ?? []) {
      if (this.#isTooLong(rule, returned.length)) return;
      const own = conditionOf(rule, this.given);
      const condition = both(outer, own);
      if (condition.never) {
        this.understood++;
        continue;
      }
      const isReturn = rule.target === 'RETURN' && !rule.goes;
      if (isReturn && !own.ports && !own.to && own.unclear.length === 0) break;
      const gone = returned.filter((one) => !areApart(one.condition, condition));
      const unclear = [...condition.unclear, ...gone.map(({ text }) => `not "${text}"`)];
      const all: Condition = { ...condition, unclear };
      if (isReturn) returned.push({ condition: own, text: rule.text });
      else if (rule.target !== undefined && this.table.rules.has(rule.target)) this.#jump(rule, all, depth);
      else this.#decide(rule, all);
    }
  }

  /** A hostile file of a few lines could otherwise keep it busy for years. */
  #isTooLong({ line, text }: IptablesRule, comparisons: number): boolean {
    this.#steps++;
    this.#comparisons += comparisons;
    if (this.#steps > mostRules || this.#comparisons > mostComparisons) {
      const why = `its chains lead to more than ${this.#steps > mostRules ? `${mostRules} rules` : `${mostComparisons} comparisons`}`;
      this.tooLong ??= { file: this.file, line, text, why };
    }
    return this.tooLong !== undefined;
  }

  #jump(rule: IptablesRule, condition: Condition, depth: number): void {
    if (depth >= deepest) this.#doubt(rule, condition, `jumps more than ${deepest} deep`);
    // What a chain leaves open after a goto is for the chain before: not followed.
    else if (rule.goes) this.#doubt(rule, condition, 'goto (-g): what follows is not known');
    else {
      this.understood++;
      this.#chain(rule.target ?? '', condition, depth + 1);
    }
  }

  #decide(rule: IptablesRule, condition: Condition): void {
    const { target } = rule;
    if (target === undefined || goesOn.has(target)) {
      this.understood++;
      return;
    }
    // Chains that were named and never filled say nothing.
    if (this.table.policies.has(target)) {
      this.understood++;
      return;
    }
    const action = actionOf(rule);
    if (!action) {
      this.#doubt(rule, condition, `what the target ${target} does is not known here`);
      return;
    }
    this.#add(rule, action, condition);
    if (condition.unclear.length === 0) this.understood++;
    else this.#note(rule, `not known whether it is met: ${condition.unclear.join('; ')}`);
  }

  /** It may let pass or stop what it is about. */
  #doubt(rule: IptablesRule, condition: Condition, why: string): void {
    const unclear = [...condition.unclear, why];
    for (const action of ['deny', 'allow'] as const) this.#add(rule, action, { ...condition, unclear });
    this.#note(rule, why);
  }

  #note({ line, text }: IptablesRule, why: string): void {
    // A chain that several rules lead to is told once.
    const key = `${line} ${why}`;
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.notUnderstood.push({ file: this.file, line, text, why });
  }

  #add({ line }: IptablesRule, action: 'allow' | 'deny' | 'reject' | 'reset', condition: Condition): void {
    const { ports, to, unclear } = condition;
    this.rules.push({
      [action]: to === undefined ? 'any' : to.length === 1 ? to[0] : to,
      ...(ports && { port: portsOf(ports) }),
      ...(unclear.length > 0 && { unclear: unclear.join('; ').slice(0, 1000) }),
      source: { file: this.file, line },
    });
  }
}

function actionOf({ target, options }: IptablesRule): 'allow' | 'deny' | 'reject' | 'reset' | undefined {
  if (target === 'ACCEPT') return 'allow';
  if (target === 'DROP') return 'deny';
  if (target !== 'REJECT') return undefined;
  const how = options.find(({ name }) => name === '--reject-with')?.values[0] ?? '';
  return how === 'tcp-reset' ? 'reset' : 'reject';
}
