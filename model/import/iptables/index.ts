import { anything, type Condition, portsOf } from '../condition.js';
import { Flattened, ruleOf } from '../flatten-chains.js';
import type {
  Imported,
  ImportedFirewall,
  ImportedRule,
  Importer,
  ImportOptions,
  NotUnderstood,
} from '../importer.js';
import { chainsOf } from './chains.js';
import { conditionOf } from './condition.js';
import { isIpsetSave } from './ipsets.js';
import { readTables, type Table } from './read-rules.js';

/** Chains of what passes a machine, and of what begins on it. */
const chains = { edge: 'FORWARD', server: 'OUTPUT' } as const;
/** No rule has so many characters. */
const longestLine = 100_000;
/** Targets that lead a connection elsewhere. */
const elsewhere = new Set(['REDIRECT', 'DNAT', 'TPROXY']);

/** `iptables-save`: what the chains FORWARD (at the edge) and OUTPUT (on a server) do with new connections. */
export const iptables: Importer = {
  format: 'iptables',
  title: 'iptables-save',
  recognises: ({ text }) =>
    /^\*(filter|nat|mangle|raw|security)\s*$/m.test(text) && /^(:\S+ \S+|-A )/m.test(text),
  // Rules name sets, and what is in them is saved by another program.
  hasPart: (_, { text }) => isIpsetSave(text),
  read({ file, text }, options): Imported {
    const tooLong = text.split('\n').findIndex((one) => one.length > longestLine);
    if (tooLong >= 0) return refused(file, tooLong + 1, `a line of more than ${longestLine} characters`);
    const { tables, other } = readTables(text);
    const notUnderstood: NotUnderstood[] = other.map((one) => ({ file, ...one }));
    const filter = tables.find(({ name }) => name === 'filter');
    const others = tables
      .filter(({ name }) => name !== 'filter')
      .flatMap((table) => leadingAway(table, file, options));
    for (const { told } of others) notUnderstood.push(told);
    if (!filter) return { understood: 0, notUnderstood };
    const read = (side: keyof typeof chains) => firewallOf(filter, chains[side], file, options);
    const [edge, server] = [read('edge'), read('server')];
    const tooMany = edge?.flattened.tooLong ?? server?.flattened.tooLong;
    if (tooMany) return { understood: 0, notUnderstood: [tooMany] };
    const before = (side: keyof typeof chains) =>
      others.flatMap(({ begins, rules }) => (begins === (side === 'server') ? rules : []));
    return {
      ...(edge && { edge: { ...edge.firewall, rules: [...before('edge'), ...edge.firewall.rules] } }),
      ...(server && {
        server: { ...server.firewall, rules: [...before('server'), ...server.firewall.rules] },
      }),
      understood: (edge?.flattened.understood ?? 0) + (server?.flattened.understood ?? 0),
      notUnderstood: [
        ...notUnderstood,
        ...(edge?.flattened.notUnderstood ?? []),
        ...(server?.flattened.notUnderstood ?? []),
      ],
    };
  },
};

function refused(file: string, line: number, why: string): Imported {
  return { understood: 0, notUnderstood: [{ file, line, text: '', why }] };
}

function firewallOf(
  table: Table,
  chain: string,
  file: string,
  options: ImportOptions,
): { firewall: ImportedFirewall; flattened: Flattened } | undefined {
  const policy = table.policies.get(chain);
  const hasRules = table.rules.has(chain);
  if (policy === undefined && !hasRules) return undefined;
  const isClosed = policy === 'DROP';
  const flattened = new Flattened(chainsOf(table, options), file, isClosed ? 'deny' : 'allow').read(chain);
  // A chain that says nothing and lets all pass is not this machine's business.
  if (flattened.rules.length === 0 && policy === 'ACCEPT' && !hasRules) return undefined;
  const rules = flattened.rules.map((rule) => ruleOf(rule, file));
  return { firewall: { default: isClosed ? 'drop' : 'allow', rules }, flattened };
}

/** What another table does to a connection, of which nobody knows where it ends. */
interface LedAway {
  told: NotUnderstood;
  /** It is about connections that begin on the machine. */
  begins: boolean;
  rules: ImportedRule[];
}

/**
 * Interception is a proxy of its own, of which this file says nothing: what it takes is not judged. The
 * same of what another table drops.
 */
function leadingAway(table: Table, file: string, options: ImportOptions): LedAway[] {
  const closed = [...table.policies].flatMap(([chain, policy]): LedAway[] => {
    if (policy !== 'DROP' || notAsked.has(chain)) return [];
    const line = table.lines.get(chain) ?? 1;
    const why = `the table ${table.name} drops what ${chain} does not accept, which is not judged`;
    return [ledAway({ file, line, text: `:${chain} DROP`, why }, chain, anything)];
  });
  const rules = [...table.rules.values()].flat().flatMap((rule): LedAway[] => {
    const isElsewhere = elsewhere.has(rule.target ?? '');
    const takes = table.name === 'nat' ? isElsewhere : rule.target === 'DROP' || rule.target === 'TPROXY';
    const condition = conditionOf(rule, options);
    if (!takes || condition.never || notAsked.has(rule.chain)) return [];
    const { line, text } = rule;
    const why = `${rule.target} in the table ${table.name}: a connection that it takes goes elsewhere, which is not judged`;
    return [ledAway({ file, line, text, why }, rule.chain, condition)];
  });
  return [...closed, ...rules];
}

/** Chains for what ends on the machine, and for what has been decided. */
const notAsked: ReadonlySet<string> = new Set(['INPUT', 'POSTROUTING']);

function ledAway(told: NotUnderstood, chain: string, { ports, to }: Condition): LedAway {
  const { file, line, why } = told;
  const rules = (['deny', 'allow'] as const).map(
    (action): ImportedRule => ({
      [action]: to ?? 'any',
      ...(ports && { port: portsOf(ports) }),
      unclear: why.slice(0, 1000),
      source: { file, line },
    }),
  );
  return { told, begins: chain === 'OUTPUT', rules };
}
