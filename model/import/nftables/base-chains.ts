import { anything, byInterface, type Condition, noInterface } from '../condition.js';
import { type Action, type ChainRule, Flattened } from '../flatten-chains.js';
import type { NotUnderstood } from '../importer.js';
import { behind, type Decisions, letsAllPass } from '../join-firewalls.js';
import { RuleReader } from './chain-rules.js';
import type { Chain, Ruleset, Table } from './ruleset.js';
import type { Known } from './selectors.js';

/** Hooks that a connection passes: through a machine, and from it. The first named is whose rules they are. */
const ways = {
  edge: { own: 'forward', all: ['ingress', 'prerouting', 'forward', 'postrouting', 'egress'] },
  server: { own: 'output', all: ['output', 'postrouting', 'egress'] },
} as const;

/** What all chains on the way of connections decide together. */
export interface Way extends Decisions {
  understood: number;
  notUnderstood: NotUnderstood[];
  /** The machine has rules or a policy of its own for such connections. */
  isMeant: boolean;
}

interface BaseChain {
  table: Table;
  chain: Chain;
  hook: NonNullable<Chain['hook']>;
}

/** Reads chain after chain by hook and priority: one that accepts ends itself, one that drops ends all. */
export class WayReader {
  /** By what is known of interfaces where they are asked. */
  readonly #rules = new Map<Known, Map<Table, Map<string, ChainRule[]>>>();
  readonly #places: Readonly<Record<'early' | 'passing' | 'sent', Known>>;

  constructor(
    private readonly ruleset: Ruleset,
    private readonly file: string,
    private readonly known: Known,
  ) {
    this.#places = {
      early: { ...known, goesBy: noInterface },
      passing: known,
      sent: { ...known, comesBy: noInterface },
    };
  }

  read(side: keyof typeof ways): Way {
    const { own, all } = ways[side];
    const way: Way = {
      ...{ rules: [], policy: 'allow', line: 1 },
      ...{ understood: 0, notUnderstood: [], isMeant: false },
    };
    for (const hook of all) for (const one of this.#chainsOn(hook)) this.#pass(one, own, way);
    return way;
  }

  #chainsOn(hook: string): BaseChain[] {
    return (
      this.ruleset.tables
        .filter(({ family, isDormant }) => !isDormant && family !== 'ip6' && family !== 'arp')
        .flatMap((table) =>
          [...table.chains.values()].flatMap((chain) =>
            chain.hook?.name === hook ? [{ table, chain, hook: chain.hook }] : [],
          ),
        )
        // Of one priority the kernel asks first what was made later.
        .reverse()
        .sort((one, other) => one.hook.priority - other.hook.priority)
    );
  }

  #pass({ table, chain, hook }: BaseChain, own: string, way: Way): void {
    const policy: Action = chain.isClosed ? 'deny' : 'allow';
    const isEarly = hook.name === 'prerouting' || hook.name === 'ingress';
    const place = own === 'output' ? 'sent' : isEarly ? 'early' : 'passing';
    const outer = this.#comesTo(table, hook);
    const flattened = new Flattened(this.#chainsOf(table, this.#places[place]), this.file, policy).read(
      chain.name,
      outer,
    );
    const isAll = !outer.never && outer.unclear.length === 0;
    const rest = { action: policy, condition: outer, line: chain.line };
    const next: Decisions = isAll
      ? { rules: flattened.rules, policy, line: chain.line }
      : {
          ...{ policy: 'allow', line: chain.line },
          rules: outer.never ? [] : [...flattened.rules, rest],
        };
    const stops = !letsAllPass(next);
    way.understood += flattened.understood;
    // Where nothing is ever stopped it does not matter what lets it pass.
    if (!stops) way.understood += flattened.notUnderstood.length;
    else way.notUnderstood.push(...flattened.notUnderstood);
    if (hook.name === own) way.isMeant ||= isOwn(chain, own);
    // What is stopped or led elsewhere before it passes; behind, it may come from the machine itself.
    else if (isEarly) way.isMeant ||= stops;
    if (flattened.tooLong) way.notUnderstood.push(flattened.tooLong);
    const joined = flattened.tooLong ? undefined : behind(way, next);
    if (joined) Object.assign(way, { rules: joined.rules, policy: joined.policy, line: joined.line });
    else this.#doubt(chain, way);
  }

  /** Nobody can say what the chains do together. */
  #doubt({ line, name }: Chain, way: Way): void {
    const why = `with the chains before, ${name} becomes too many rules`;
    const condition: Condition = { never: false, unclear: [why] };
    const doubts = (['deny', 'allow'] as const).map((action) => ({ action, condition, line }));
    way.rules = [...doubts, ...way.rules];
    way.notUnderstood.push({ file: this.file, line, text: `chain ${name}`, why });
  }

  /** Packets of some interfaces only, or of a bridge. */
  #comesTo({ family, name }: Table, { name: hook, devices }: NonNullable<Chain['hook']>): Condition {
    if (family === 'bridge')
      return { ...anything, unclear: [`the machine is a bridge (table bridge ${name})`] };
    if (devices.length === 0) return anything;
    const [known, words] =
      hook === 'egress' ? [this.known.goesBy, 'oifname'] : [this.known.comesBy, 'iifname'];
    const part = byInterface(known, devices, false, '*') ?? { unclear: [`${words} ${devices.join(', ')}`] };
    return { ...anything, ...part };
  }

  #chainsOf(table: Table, place: Known): Map<string, ChainRule[]> {
    const all = this.#rules.get(place) ?? new Map<Table, Map<string, ChainRule[]>>();
    this.#rules.set(place, all);
    const known = all.get(table);
    if (known) return known;
    const reader = new RuleReader(table, place);
    const chains = new Map(
      [...table.chains.values()].map(({ name, rules }) => [name, rules.flatMap((rule) => reader.read(rule))]),
    );
    all.set(table, chains);
    return chains;
  }
}

/** A machine that passes nothing, whatever it is, is on nobody's way; one that sends nothing stops a connector. */
function isOwn({ rules, isClosed }: Chain, own: string): boolean {
  return rules.length > 0 || (own === 'output' && isClosed);
}
