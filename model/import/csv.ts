import { CsvError, parse } from 'csv-parse/sync';
import { withoutStacks } from '../evidence/without-stacks.js';
import { rangeOf } from '../site/address-range.js';
import { ruleActions } from '../site/rule-schema.js';
import type { Imported, ImportedRule, Importer, NotUnderstood, SourceFile } from './importer.js';

type Column = 'hosts' | 'ports' | 'action' | 'protocol' | 'other';

/** How people head their columns, in English and German. */
const headings: readonly [Column, RegExp][] = [
  [
    'hosts',
    /^(host|hosts|hostname|fqdn|url|urls|domain|domains|destination|destinations|address|addresses|ziel|adresse|name)\b/i,
  ],
  ['ports', /^(port|ports|service|services|dienst|tcp port|destination port)/i],
  ['action', /^(action|access|aktion|allow\/deny|verdict|rule action|permit)/i],
  ['protocol', /^(protocol|proto|protokoll)/i],
];
const actions: Readonly<Record<string, (typeof ruleActions)[number]>> = {
  ...{ allow: 'allow', allowed: 'allow', permit: 'allow', accept: 'allow', yes: 'allow', erlauben: 'allow' },
  ...{
    deny: 'deny',
    denied: 'deny',
    drop: 'deny',
    block: 'deny',
    blocked: 'deny',
    no: 'deny',
    sperren: 'deny',
  },
  ...{ reject: 'reject', reset: 'reset' },
};
const anything = new Set(['any', 'all', '*', 'alle', 'beliebig']);
const services: Readonly<Record<string, number>> = { http: 80, https: 443 };
/** Characters in one record; a quote that nobody closes would take the rest of the file. */
const longestRecord = 100_000;

/** A table of hosts and ports, with semicolons, commas or tabs: an allow list, or rules where it has actions. */
export const csv: Importer = {
  format: 'csv',
  title: 'a table (CSV)',
  recognises: ({ file, text }) =>
    /\.(csv|tsv)$/i.test(file) || /[;,\t]/.test(text.trimStart().split('\n', 1)[0] ?? ''),
  read(source): Imported {
    const { file } = source;
    const notUnderstood: NotUnderstood[] = [];
    const { rows } = readTable(source, notUnderstood);
    const rules = rows.flatMap(({ record, rule }) =>
      rule ? [{ ...rule, source: { file, line: record.line } }] : [],
    );
    return { edge: { default: 'drop', rules }, isTable: true, understood: rows.length, notUnderstood };
  },
};

export interface TableRecord {
  cells: string[];
  /** From 1. */
  line: number;
  lastLine: number;
}

/** A table, and what its records say. */
export interface TableWithColumns {
  delimiter: string;
  columns: Column[];
  records: TableRecord[];
  /** Records that were understood, without the head. */
  rows: {
    record: TableRecord;
    action?: (typeof ruleActions)[number] | undefined;
    /** Absent: it is about what no connector does. */
    rule?: ImportedRule;
  }[];
}

/** Reads a table; what is not understood goes into the list. */
export function readTable({ file, text }: SourceFile, notUnderstood: NotUnderstood[]): TableWithColumns {
  const records = recordsOf(file, text, notUnderstood);
  const named = records[0]?.cells.map(columnOf) ?? [];
  const hasHead = named.includes('hosts');
  const columns = hasHead ? named : guessed(records.map(({ cells }) => cells));
  const rows: TableWithColumns['rows'] = [];
  for (const record of hasHead ? records.slice(1) : records) {
    const { cells, line } = record;
    if (cells.every((cell) => cell.trim() === '')) continue;
    const rule = ruleOf(cells, columns);
    if (typeof rule === 'string') notUnderstood.push({ file, line, text: cells.join(' ; '), why: rule });
    else
      rows.push({
        record,
        ...(rule && { rule, action: ruleActions.find((one) => rule[one] !== undefined) }),
      });
  }
  return { delimiter: delimiterOf(text), columns, records, rows };
}

function recordsOf(file: string, text: string, notUnderstood: NotUnderstood[]): TableRecord[] {
  const records: TableRecord[] = [];
  const tooLong = text.split(/\r\n?|\n/).findIndex((one) => one.length > longestRecord);
  if (tooLong >= 0) {
    const why = `no table: a line of more than ${longestRecord} characters`;
    notUnderstood.push({ file, line: tooLong + 1, text: '', why });
    return [];
  }
  try {
    let line = 1;
    // With `info`, `lines` is the last line of a record: the next one begins behind it.
    const parsed = withoutStacks(() =>
      parse(text, {
        ...{ bom: true, info: true, relax_quotes: true, relax_column_count: true, skip_empty_lines: false },
        delimiter: delimiterOf(text),
        record_delimiter: ['\r\n', '\n', '\r'],
        max_record_size: longestRecord,
      }),
    ) as unknown as { record: string[]; info: { lines: number } }[];
    for (const { record, info } of parsed) {
      records.push({ cells: record, line, lastLine: info.lines });
      line = info.lines + 1;
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    notUnderstood.push({
      file,
      line: records.length + 1,
      text: error.code,
      why: `no table: ${error.message.slice(0, 200)}`,
    });
  }
  return records;
}

/** The one that stands most often in the first lines. */
function delimiterOf(text: string): string {
  const begin = text.split('\n', 20).join('\n');
  const count = (one: string) => begin.split(one).length;
  return [';', '\t', ','].reduce((best, one) => (count(one) > count(best) ? one : best));
}

function columnOf(cell: string): Column {
  return headings.find(([, words]) => words.test(cell.trim()))?.[0] ?? 'other';
}

/** Columns of a table without a head, by what most of its cells are. */
function guessed(rows: readonly string[][]): Column[] {
  // By the cells that there are: one row of very many columns makes no other as wide.
  const columns: string[][] = [];
  for (const row of rows)
    for (const [index, cell] of row.entries()) {
      columns[index] ??= [];
      if (cell.trim() !== '') columns[index].push(cell.trim());
    }
  return columns.map((cells): Column => {
    const most = (is: (cell: string) => boolean) => cells.filter(is).length * 2 > cells.length;
    if (most((cell) => portsOf(cell) !== undefined)) return 'ports';
    if (most((cell) => actions[cell.toLowerCase()] !== undefined)) return 'action';
    if (most((cell) => /^(tcp|udp|icmp)$/i.test(cell))) return 'protocol';
    return most((cell) => hostsOf(cell).length > 0) ? 'hosts' : 'other';
  });
}

/** A rule; undefined: about what no connector does; text: why it is not understood. */
function ruleOf(cells: readonly string[], columns: readonly Column[]): ImportedRule | string | undefined {
  const of = (column: Column) =>
    cells
      .filter((cell, index) => columns[index] === column && cell.trim() !== '')
      .join(' ')
      .trim();
  if (/^(udp|icmp)/i.test(of('protocol'))) return undefined;
  const texts = of('hosts')
    .split(/[\s,;]+/)
    .filter((one) => one !== '');
  const hosts = hostsOf(of('hosts'));
  if (hosts.length === 0 || hosts.length < texts.length) return 'no host, domain or address is in it';
  const told = of('ports');
  const ports = told === '' ? portsInHosts(texts) : portsOf(told);
  if (told !== '' && ports === undefined) return `"${told}" is no port`;
  const word = of('action').toLowerCase();
  const action = word === '' ? 'allow' : actions[word];
  if (!action) return `"${of('action')}" is neither allow nor deny`;
  return { [action]: hosts.length === 1 ? hosts[0] : hosts, ...(ports && { port: ports }) };
}

/** Hosts of a cell; a URL stands for its host. */
function hostsOf(cell: string): string[] {
  return cell
    .split(/[\s,;]+/)
    .map((one) =>
      one.replace(/^\w+:\/\//, '').replace(/^(\[[\da-f:]+\]|[^/:]+)(:\d+)?(\/(?!\d{1,2}$).*)?$/i, '$1'),
    )
    .filter(
      (one) =>
        anything.has(one.toLowerCase()) ||
        rangeOf(one) !== undefined ||
        /^(\*|(\*\.|\.|\*)?[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_*-]+)+)$/u.test(one),
    )
    .map((one) => (anything.has(one.toLowerCase()) ? 'any' : one));
}

/** `443`, `80, 443`, `TCP/443`, `https`, `8000-8100`, `any`. */
function portsOf(cell: string): (number | string)[] | 'any' | undefined {
  const words = cell
    .toLowerCase()
    .replaceAll(/\b(tcp|udp)\b[/: ]*/g, ' ')
    .split(/[\s,;+]+/)
    .filter((one) => one !== '');
  if (words.length === 0) return undefined;
  if (words.some((one) => anything.has(one))) return 'any';
  const ports = words.map((one) => services[one] ?? (/^\d{1,5}$/.test(one) ? Number(one) : one));
  return ports.every((one) => typeof one === 'number' || /^\d{1,5}-\d{1,5}$/.test(one)) ? ports : undefined;
}

function portsInHosts(texts: readonly string[]): number[] | undefined {
  const found = texts.flatMap(
    (one) =>
      /^(?:\w+:\/\/)?[^/:]+:(\d{1,5})/.exec(one)?.[1] ??
      (one.startsWith('https://') ? 443 : one.startsWith('http://') ? 80 : []),
  );
  return found.length > 0 ? [...new Set(found.map(Number))] : undefined;
}
