import { ruleActions } from '../site/rule-schema.js';
import type {
  Imported,
  ImportedRule,
  Importer,
  ImportOptions,
  NotUnderstood,
  SourceFile,
} from './importer.js';
import { hostsByPort } from './table/by-port.js';
import type { Column } from './table/column.js';
import { headOf, joinedHeads, type TableHead } from './table/columns.js';
import { guessed, mayBeHead } from './table/guess.js';
import { sharedValues } from './table/merged.js';
import { portsOf } from './table/ports.js';
import { delimiterOf, looksLikeTable, recordsOf, type TableRecord } from './table/records.js';
import { meaningOf, portsTold, type TableFacts } from './table/row.js';
import { saysWhatIsRefused } from './table/status.js';
import { isTickColumn } from './table/ticks.js';
import {
  actionOf,
  anything,
  asksForOpening,
  hostsOf,
  isEmpty,
  namesDenial,
  speaksOfDenial,
} from './table/words.js';

export type { TableRecord } from './table/records.js';

/** Records among which the head of a table is, below its titles. */
const mostTitles = 20;

/** A table of hosts and ports, with semicolons, commas or tabs: an allow list, or rules where it has actions. */
export const csv: Importer = {
  format: 'csv',
  title: 'a table (CSV)',
  recognises: ({ file, text }) =>
    /\.(csv|tsv)$/i.test(file) ||
    /[;,\t]/.test(text.trimStart().split('\n', 1)[0] ?? '') ||
    looksLikeTable(text),
  read(source, options): Imported {
    const { file } = source;
    const notUnderstood: NotUnderstood[] = [];
    const { columns, records, rows, doubts } = readTable(source, notUnderstood, options);
    const order = orderOf(columns, records);
    const rules = [...rows, ...doubts]
      .sort((one, other) => order(one.record) - order(other.record) || one.record.line - other.record.line)
      .flatMap(({ record, rule }) => (rule ? [{ ...rule, source: { file, line: record.line } }] : []));
    // Who says of some hosts that they are closed leaves the rest open.
    const isOpen =
      rules.length > 0 && rules.every((rule) => rule.allow === undefined && rule.unclear === undefined);
    return {
      edge: { default: isOpen ? 'allow' : 'drop', rules },
      isTable: true,
      understood: new Set(rows.map(({ record }) => record)).size,
      notUnderstood,
    };
  },
};

/** A table, and what its records say. */
export interface TableWithColumns {
  delimiter: string;
  columns: Column[];
  /** It lists what is closed, and has no words for what is open. */
  isDenial: boolean;
  /** Its columns are ports, and hosts stand below each: records are what it says, not how it is written. */
  isByPort: boolean;
  records: TableRecord[];
  /** Records that were understood, without the head; one may be several rules. */
  rows: {
    record: TableRecord;
    action?: (typeof ruleActions)[number] | undefined;
    /** Absent: it is about what no connector does. */
    rule?: ImportedRule;
  }[];
  /** What those may do that were not understood. */
  doubts: { record: TableRecord; rule: ImportedRule }[];
}

/** Reads a table; what is not understood goes into the list. `options`: of whom it is read, where it says. */
export function readTable(
  { file, text }: SourceFile,
  notUnderstood: NotUnderstood[],
  options: ImportOptions = {},
): TableWithColumns {
  const delimiter = delimiterOf(text);
  const written = recordsOf(file, text, delimiter, notUnderstood);
  const byPort = hostsByPort(written);
  const records = byPort ?? written;
  const table: TableWithColumns = {
    ...{ delimiter, columns: [], isDenial: false, isByPort: byPort !== undefined },
    ...{ records, rows: [], doubts: [] },
  };
  const head = headIn(records);
  table.isDenial = head?.isDenial ?? false;
  const body = records.slice(head?.length ?? 0).filter((one) => !isPassedOver(one, head));
  const [first, ...others] = body;
  const isStrange = !head && first !== undefined && others.length > 0 && mayBeHead(first.cells);
  if (isStrange) {
    const why = 'taken for the head of the table, of which no word is known here: its columns are guessed';
    notUnderstood.push({ file, line: first.line, text: first.cells.join(' ; '), why });
  }
  const rows = isStrange ? others : body;
  if (head && isOfWindows(head.cells)) {
    const why =
      'a list of the console of the Windows firewall: `reg export` writes its rules as they are read here';
    notUnderstood.push({ file, line: 1, text: head.cells.join(' ; '), why });
    return table;
  }
  table.columns = head?.columns ?? guessed(rows.map(({ cells }) => cells));
  const facts = factsOf(table.columns, rows, head, options);
  const shared = sharedOf(table.columns, rows);
  for (const record of rows) {
    const { cells, line } = record;
    const own = { shared: shared(record), isLast: record === rows.at(-1) };
    const { rules, mayBe, why } = meaningOf(cells, { ...facts, ...own });
    if (why !== undefined) notUnderstood.push({ file, line, text: cells.join(' ; '), why });
    const unclear = why?.slice(0, 1000) ?? '';
    table.doubts.push(...mayBe.map((rule) => ({ record, rule: { ...rule, unclear } })));
    for (const rule of rules)
      table.rows.push({ record, rule, action: ruleActions.find((one) => rule[one] !== undefined) });
    if (why === undefined && rules.length === 0) table.rows.push({ record });
  }
  return table;
}

interface PlacedHead extends TableHead {
  cells: string[];
  /** Records down to it, with it. */
  length: number;
  titles: string;
}

/** The first record that is a head, with the next where that is one, too. */
function headIn(records: readonly TableRecord[]): PlacedHead | undefined {
  const rest = (from: number) => records.slice(from).map(({ cells }) => cells);
  for (const [index, { cells }] of records.slice(0, mostTitles).entries()) {
    const next = records[index + 1]?.cells ?? [];
    const isTitle =
      cells.filter((cell) => !isEmpty(cell)).length <= 1 && headOf(next, rest(index + 2)) !== undefined;
    const below = isTitle ? undefined : joinedHeads(cells, next);
    const both = below && headOf(below, rest(index + 2));
    const own = both ?? (isTitle ? undefined : headOf(cells, rest(index + 1)));
    const titles = records.slice(0, index).map((one) => one.cells.join(' '));
    if (own)
      return {
        ...own,
        isDenial: own.isDenial || (!own.columns.some(isOfActions) && namesDenial(titles.join(' '))),
        cells: both ? below : cells,
        length: index + (both ? 2 : 1),
        titles: titles.join(' '),
      };
    if (cells.some(isOfRule)) return undefined;
  }
  return undefined;
}

/** A title says no hosts and nothing else. */
function isOfRule(cell: string): boolean {
  const { hosts, texts } = hostsOf(cell);
  return hosts.length > 0 && hosts.length === texts.length;
}

/** Nothing, a comment, or the head once more. */
function isPassedOver({ cells }: TableRecord, head: PlacedHead | undefined): boolean {
  const told = cells.map((cell) => cell.trim());
  const [first = ''] = told.filter((cell) => cell !== '');
  if (first === '' || /^sep=/i.test(first) || /^(#(?!\d*$)|\/\/)/.test(first)) return true;
  return head !== undefined && told.join('\t') === head.cells.map((cell) => cell.trim()).join('\t');
}

function isOfActions(column: Column): boolean {
  return column === 'action' || column === 'deny';
}

function isOfWindows(cells: readonly string[]): boolean {
  const has = (words: RegExp) => cells.some((cell) => words.test(cell.trim()));
  return has(/^(local|lokaler?) ?port$/i) && has(/^remote ?port$/i) && has(/^program/i);
}

/** What rows may say by cells of their neighbours. Headings between them are nobody's neighbours. */
function sharedOf(
  columns: readonly Column[],
  rows: readonly TableRecord[],
): (record: TableRecord) => TableFacts['shared'] {
  const told = (cells: readonly string[], column: Column) =>
    cells.filter((cell, index) => columns[index] === column && !isEmpty(cell));
  const own = rows.filter(({ cells }) => told(cells, 'hosts').length > 0);
  const ports = columns.includes('ports')
    ? sharedValues(own.map(({ cells }) => portsOf(portsTold(cells, columns))))
    : [];
  const actions = sharedValues(
    own.map(({ cells }) => {
      const [word] = told(cells, 'action');
      return word === undefined ? undefined : (actionOf(word) ?? 'unknown');
    }),
  );
  const places = new Map(own.map((record, index) => [record, index]));
  return (record) => {
    const at = places.get(record) ?? -1;
    return { ports: ports[at] ?? [], actions: actions[at] ?? [] };
  };
}

/** What is known of all rows together. */
function factsOf(
  columns: readonly Column[],
  rows: readonly TableRecord[],
  head: PlacedHead | undefined,
  options: ImportOptions,
): Omit<TableFacts, 'shared' | 'isLast'> {
  const told = (column: Column) =>
    rows.flatMap(({ cells }) => cells.filter((cell, index) => columns[index] === column && !isEmpty(cell)));
  const actions = new Set(told('action').map(actionOf));
  const senders = told('source')
    .map((one) => one.trim().toLowerCase())
    .filter((one) => !anything.has(one));
  const isOfDenial = head !== undefined && speaksOfDenial(head.titles) && !asksForOpening(head.titles);
  const hasActions = columns.some(isOfActions);
  const otherwise = (): TableFacts['otherwise'] => {
    if (head?.isDenial) return 'deny';
    // A cell over several rows is written in the first of them, and the rest is empty.
    if (hasActions) return [...actions].every((one) => one === 'allow') ? 'allow' : undefined;
    return isOfDenial ? undefined : 'allow';
  };
  const ticks = rows.flatMap(({ cells }) => cells.filter((_, index) => isTickColumn(columns[index] ?? '')));
  const hasTick = (sign: RegExp) => ticks.some((cell) => sign.test(cell.trim()));
  return {
    ...{ ...options, columns, senders: new Set(senders), otherwise: otherwise() },
    interfaces: new Set(
      told('interface').filter((one) => !/^(?:wan|internet|outside|untrust|extern)/i.test(one.trim())),
    ),
    isClosedDone: hasActions || saysWhatIsRefused(told('ticket')),
    isCrossYes: hasTick(/^\u2610/) && !hasTick(/^[\u2611\u2713\u2714\u2705]/),
  };
}

/** By the order of their priorities, where a table has them; else by that of its lines. */
function orderOf(
  columns: readonly Column[],
  records: readonly TableRecord[],
): (record: TableRecord) => number {
  const at = columns.indexOf('priority');
  const orders = new Map<TableRecord, number>();
  let last = 0;
  for (const record of at < 0 ? [] : records) {
    const told = record.cells[at]?.trim() ?? '';
    if (/^\d{1,9}$/.test(told)) last = Number(told);
    orders.set(record, last);
  }
  return (record) => orders.get(record) ?? 0;
}
