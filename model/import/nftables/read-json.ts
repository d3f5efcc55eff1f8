import { importedJson, parseJson } from '../../evidence/bounded-json.js';
import { linesOfItems } from '../json-lines.js';
import { isObject, listOf, textAt } from '../json-values.js';
import { elementsOf, flagsOf, mapOf, statementsOf } from './json-statements.js';
import type { NamedSet, Ruleset, Table } from './ruleset.js';

/** Characters of a rule's JSON that are told. */
const longestText = 400;

/** Reads what `nft -j list ruleset` prints. */
export function readJson(text: string): Ruleset {
  const ruleset: Ruleset = { tables: [], other: [] };
  let items: unknown[];
  try {
    items = listOf((parseJson(text, importedJson) as { nftables?: unknown }).nftables);
  } catch (error) {
    const why = `no JSON: ${(error as Error).message}`;
    return { ...ruleset, other: [{ line: 1, text: text.trim().slice(0, 40), why }] };
  }
  const lines = linesOfItems(text, 2);
  for (const [index, item] of items.entries()) {
    const line = lines[index] ?? 1;
    const [[kind, value] = []] = isObject(item) ? Object.entries(item) : [];
    if (kind === undefined || !isObject(value)) {
      ruleset.other.push({
        line,
        text: JSON.stringify(item).slice(0, longestText),
        why: 'nothing of a rule set',
      });
      continue;
    }
    const isFor = ['table', 'chain', 'rule', 'set', 'map', 'element'].includes(kind);
    if (isFor) readItem(kind, value, line, ruleset);
  }
  markWritten(items, ruleset);
  return ruleset;
}

function readItem(kind: string, value: Record<string, unknown>, line: number, ruleset: Ruleset): void {
  const table = tableOf(
    textAt(value, 'family'),
    textAt(value, kind === 'table' ? 'name' : 'table'),
    line,
    ruleset,
  );
  const name = textAt(value, 'name');
  if (kind === 'table') table.isDormant = flagsOf(value.flags).includes('dormant');
  else if (kind === 'set') table.sets.set(name, setOf(value, elementsOf(value.elem ?? [])));
  else if (kind === 'map') table.sets.set(name, setOf(value, mapOf(value.elem ?? [])));
  else if (kind === 'chain') {
    const hook = textAt(value, 'hook');
    table.chains.set(name, {
      ...{ name, line, isClosed: value.policy === 'drop', rules: [] },
      ...(hook !== '' && {
        hook: { name: hook, priority: Number(value.prio ?? 0), devices: flagsOf(value.dev) },
      }),
    });
  } else if (kind === 'rule') {
    const expressions = listOf(value.expr);
    const written = JSON.stringify(expressions).slice(0, longestText);
    const rule = { line, text: written, statements: statementsOf(expressions) };
    const chain = textAt(value, 'chain');
    const known = table.chains.get(chain) ?? { name: chain, line, isClosed: false, rules: [] };
    table.chains.set(chain, known);
    known.rules.push(rule);
  } else
    ruleset.other.push({
      line,
      text: JSON.stringify(value).slice(0, longestText),
      why: 'elements apart from their set',
    });
}

function tableOf(family: string, name: string, line: number, { tables }: Ruleset): Table {
  const known = tables.find((one) => one.family === family && one.name === name);
  if (known) return known;
  const table: Table = {
    ...{ family, name, line, isDormant: false },
    ...{ chains: new Map(), sets: new Map() },
  };
  tables.push(table);
  return table;
}

function setOf(value: Record<string, unknown>, elements: NamedSet['elements']): NamedSet {
  const flags = flagsOf(value.flags);
  const comesAndGoes = flags.includes('dynamic') || flags.includes('timeout') || value.timeout !== undefined;
  return { elements, changes: comesAndGoes || elements.some(({ key }) => key.length === 0) };
}

/** nft 1.0.6 does not say of a set that packets fill it; the rules that do so say it. */
function markWritten(items: readonly unknown[], { tables }: Ruleset): void {
  for (const item of items) {
    const rule = isObject(item) ? item.rule : undefined;
    if (!isObject(rule)) continue;
    const table = tables.find(({ family, name }) => family === rule.family && name === rule.table);
    for (const expression of listOf(rule.expr)) {
      const writes = isObject(expression) ? (expression.set ?? expression.map) : undefined;
      if (!isObject(writes)) continue;
      const set = table?.sets.get(
        textAt(writes, 'set').replace(/^@/, '') || textAt(writes, 'map').replace(/^@/, ''),
      );
      if (set) set.changes = true;
    }
  }
}
