import { elementsOf } from './read-elements.js';
import { statementsOf } from './read-statements.js';
import { type Chain, type NamedSet, priorityOf, type Ruleset, type Table } from './ruleset.js';
import { inWords, type Token, Tokens, tokensOf } from './tokens.js';

/** Words of all definitions together, put in the place of their names. */
const mostDefined = 2_000_000;

/** Objects of a table that decide nothing by themselves. */
const objects = new Set(['counter', 'quota', 'limit', 'secmark', 'synproxy', 'flowtable', 'ct', 'tunnel']);

/** Reads what `nft list ruleset` prints, and most of what its scripts say. */
export function readText(text: string): Ruleset {
  const ruleset: Ruleset = { tables: [], other: [] };
  const tokens = new Tokens(withDefinitions(tokensOf(text), ruleset));
  while (tokens.peek() !== undefined) {
    if (tokens.take('\n') || tokens.take(';') || tokens.take('flush', 'ruleset')) continue;
    const line = tokens.token?.line ?? 1;
    if (tokens.take('table')) readTable(tokens, line, ruleset);
    else {
      const told = inWords(tokens.statement());
      if (told === '') tokens.next();
      // A script begins with an empty rule set.
      const empties = ruleset.tables.length === 0 || /^(add|create) table \S+( \S+)?$/.test(told);
      const isHarmless = told === '' || (empties && /^(add|create|delete|destroy|flush) /.test(told));
      const why = 'no table of a list of rules: `nft list ruleset` prints what it comes to';
      const text = told === '' ? '}' : told;
      ruleset.other.push({ line, text, why, ...(!isHarmless && { mayDecide: true as const }) });
    }
  }
  return ruleset;
}

/** Puts what was defined in the place of `$name`, and tells of files that are not here. */
function withDefinitions(all: readonly Token[], { other }: Ruleset): Token[] {
  const tokens = new Tokens(all);
  const known = new Map<string, Token[]>();
  const found: Token[] = [];
  let isStart = true;
  const replaced = (one: Token): Token[] => {
    const isName = one.text.startsWith('$') && !one.isQuoted && found.length < mostDefined;
    const value = isName ? known.get(one.text.slice(1)) : undefined;
    return value ? value.map((part) => ({ ...part, line: one.line })) : [one];
  };
  for (let token = tokens.token; token; token = tokens.token) {
    const { text, line } = token;
    if (isStart && (text === 'define' || text === 'redefine')) {
      tokens.next();
      const name = tokens.next();
      tokens.take('=');
      // A later definition is made of earlier ones; each is as long as what it was made of.
      const value = tokens.statement().flatMap(replaced);
      if (value.length <= 20_000) known.set(name, value);
    } else if (isStart && text === 'include') {
      const told = inWords(tokens.statement());
      const why = 'what the included file says is not known: `nft list ruleset` prints it, too';
      other.push({ line, text: told, why, mayDecide: true });
    } else {
      found.push(...replaced(token));
      isStart = text === '\n' || text === ';' || text === '{' || text === '}';
      tokens.next();
    }
  }
  return found;
}

function readTable(tokens: Tokens, line: number, ruleset: Ruleset): void {
  const first = tokens.next();
  const family = tokens.peek() === '{' ? 'ip' : first;
  const name = tokens.peek() === '{' ? first : tokens.next();
  // A file may say a table several times: the later ones add to it.
  const known = ruleset.tables.find((one) => one.family === family && one.name === name);
  const table: Table = known ?? {
    ...{ family, name, line, isDormant: false },
    ...{ chains: new Map(), sets: new Map() },
  };
  if (!known) ruleset.tables.push(table);
  if (tokens.peek() !== '{') return;
  const inner = new Tokens(tokens.group());
  while (inner.peek() !== undefined) {
    if (inner.take('\n') || inner.take(';')) continue;
    const at = inner.token?.line ?? line;
    const kind = inner.peek() ?? '';
    if (kind === 'chain' && inner.peek(2) === '{') {
      inner.next();
      readChain(inner.next(), at, new Tokens(inner.group()), table);
    } else if ((kind === 'set' || kind === 'map') && inner.peek(2) === '{') {
      inner.next();
      table.sets.set(inner.next(), setOf(new Tokens(inner.group())));
    } else {
      const told = inner.statement();
      if (told.length === 0) inner.next();
      const words = inWords(told);
      if (/^flags .*dormant/.test(words)) table.isDormant = true;
      else if (!objects.has(kind) && !/^(comment|flags|policy|owner)\b/.test(words))
        ruleset.other.push({ line: at, text: words, why: 'nothing that a table has', mayDecide: true });
    }
  }
}

function readChain(name: string, line: number, tokens: Tokens, table: Table): void {
  const chain: Chain = table.chains.get(name) ?? { name, line, isClosed: false, rules: [] };
  table.chains.set(name, chain);
  while (tokens.peek() !== undefined) {
    if (tokens.take('\n') || tokens.take(';') || tokens.take('}')) continue;
    const at = tokens.token?.line ?? line;
    const told = tokens.statement();
    const text = inWords(told);
    const [, hook] = /^type \S+ hook (\S+)/.exec(text) ?? [];
    if (hook !== undefined) {
      const [before = '', priority = '0'] = text.split(' priority ', 2);
      const [, devices = ''] = before.split(/ devices? /, 2);
      chain.hook = {
        name: hook,
        priority: priorityOf(priority),
        devices: devices.split(/[\s,"={}]+/).filter((one) => one !== ''),
      };
      chain.line = at;
    } else if (/^policy (accept|drop)$/.test(text)) chain.isClosed = text.endsWith('drop');
    else if (told[0]?.text !== 'comment' && told.length > 0)
      chain.rules.push({ line: at, text, statements: statementsOf(told) });
  }
}

function setOf(tokens: Tokens): NamedSet {
  const set: NamedSet = { elements: [], changes: false };
  while (tokens.peek() !== undefined) {
    if (tokens.take('\n') || tokens.take(';')) continue;
    const isElements = tokens.peek() === 'elements';
    if (isElements) {
      tokens.next();
      tokens.take('=');
    }
    if (isElements && tokens.peek() === '{') set.elements.push(...elementsOf(tokens.group()));
    else {
      const told = tokens.statement();
      if (told.length === 0) tokens.next();
      if (/^(flags .*(dynamic|timeout)|timeout )/.test(inWords(told))) set.changes = true;
    }
  }
  if (set.elements.some(({ key }) => key.length === 0)) set.changes = true;
  return set;
}
