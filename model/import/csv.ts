import { CsvError, parse } from 'csv-parse/sync';
import { withoutStacks } from '../evidence/without-stacks.js';
import { inRange, rangeOf } from '../site/address-range.js';
import { ruleActions } from '../site/rule-schema.js';
import type { Imported, ImportedRule, Importer, NotUnderstood, SourceFile } from './importer.js';

type Column = 'hosts' | 'ports' | 'action' | 'protocol' | 'direction' | 'source' | 'other';

/** How people head their columns, in English and German. */
const headings: readonly [Column, RegExp][] = [
  [
    'hosts',
    /^(host|hosts|hostname|fqdn|url|urls|domain|domains|destination|destinations|address|addresses|ziel|adresse|name)\b/i,
  ],
  ['ports', /^(port|ports|service|services|dienst|tcp port|destination port)/i],
  ['action', /^(action|access|aktion|allow\/deny|verdict|rule action|permit)/i],
  ['protocol', /^(protocol|proto|protokoll)/i],
  ['direction', /^(direction|richtung)\b/i],
  ['source', /^(source|src|from|quelle|von)\b/i],
];
/** Columns of actions, where they have nothing else in them: a status can be that of a ticket. */
const perhapsActions = /^(status|decision|policy|effect|result|zustand)\b/i;
const actions: Readonly<Record<string, (typeof ruleActions)[number]>> = {
  ...{ allow: 'allow', allowed: 'allow', permit: 'allow', accept: 'allow', yes: 'allow', erlauben: 'allow' },
  ...{ permitted: 'allow', accepted: 'allow', pass: 'allow', open: 'allow', closed: 'deny', refused: 'deny' },
  ...{ erlaubt: 'allow', zulassen: 'allow', freigegeben: 'allow', gesperrt: 'deny', blockieren: 'deny' },
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
  read(source, { serverAddress }): Imported {
    const { file } = source;
    const notUnderstood: NotUnderstood[] = [];
    const { rows, doubts } = readTable(source, notUnderstood, serverAddress);
    const rules = [...rows, ...doubts]
      .sort((one, other) => one.record.line - other.record.line)
      .flatMap(({ record, rule }) => (rule ? [{ ...rule, source: { file, line: record.line } }] : []));
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
  /** What those may do that were not understood. */
  doubts: { record: TableRecord; rule: ImportedRule }[];
}

/** Reads a table; what is not understood goes into the list. `serverAddress`: of whom it is read, where it says. */
export function readTable(
  { file, text }: SourceFile,
  notUnderstood: NotUnderstood[],
  serverAddress?: string,
): TableWithColumns {
  const records = recordsOf(file, text, notUnderstood);
  const named = records[0]?.cells.map(columnOf) ?? [];
  const hasHead = named.includes('hosts');
  const columns = hasHead ? withActions(named, records) : guessed(records.map(({ cells }) => cells));
  const rows: TableWithColumns['rows'] = [];
  const doubts: TableWithColumns['doubts'] = [];
  for (const record of hasHead ? records.slice(1) : records) {
    const { cells, line } = record;
    if (cells.every((cell) => cell.trim() === '')) continue;
    const rule = ruleOf(cells, columns, serverAddress);
    if (rule && 'why' in rule) {
      const { why, mayBe } = rule;
      notUnderstood.push({ file, line, text: cells.join(' ; '), why });
      doubts.push(...mayBe.map((one) => ({ record, rule: { ...one, unclear: why.slice(0, 1000) } })));
    } else
      rows.push({
        record,
        ...(rule && { rule, action: ruleActions.find((one) => rule[one] !== undefined) }),
      });
  }
  return { delimiter: delimiterOf(text), columns, records, rows, doubts };
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

/** Heads that say of nothing whether it is an action, by what stands below them. */
function withActions(named: readonly Column[], [head, ...rest]: readonly TableRecord[]): Column[] {
  if (named.includes('action')) return [...named];
  return named.map((column, index) => {
    if (column !== 'other' || !perhapsActions.test(head?.cells[index]?.trim() ?? '')) return column;
    const words = rest.flatMap(({ cells }) => cells[index]?.trim().toLowerCase() || []);
    return words.length > 0 && words.every((one) => actions[one] !== undefined) ? 'action' : column;
  });
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

/** Why a row is not understood, and what it may be for all that is known. */
interface Doubtful {
  why: string;
  mayBe: ImportedRule[];
}

/** A rule; undefined: about what no connector does. */
function ruleOf(
  cells: readonly string[],
  columns: readonly Column[],
  serverAddress: string | undefined,
): ImportedRule | Doubtful | undefined {
  const of = (column: Column) =>
    cells
      .filter((cell, index) => columns[index] === column && cell.trim() !== '')
      .join(' ')
      .trim();
  const told = of('ports');
  if (/^(udp|icmp)/i.test(of('protocol')) || /^in/i.test(of('direction')) || isOfUdp(told)) return undefined;
  if (serverAddress !== undefined && isOfOthers(of('source'), serverAddress)) return undefined;
  const texts = of('hosts')
    .split(/[\s,;]+/)
    .filter((one) => one !== '');
  const hosts = hostsOf(of('hosts'));
  const ports = told === '' ? portsInHosts(texts) : portsOf(told);
  const word = of('action').toLowerCase();
  const action = word === '' ? 'allow' : actions[word];
  const isAllHosts = hosts.length > 0 && hosts.length === texts.length;
  const to = isAllHosts ? (hosts.length === 1 ? (hosts[0] ?? 'any') : hosts) : 'any';
  // Nothing but a heading of the rows below it.
  const isHeading = hosts.length === 0 && told === '' && word === '';
  const mayBe = (action ? [action] : (['deny', 'allow'] as const)).map(
    (one): ImportedRule => ({ [one]: to, ...(ports && { port: ports }) }),
  );
  if (!isAllHosts) return { why: 'no host, domain or address is in it', mayBe: isHeading ? [] : mayBe };
  if (told !== '' && ports === undefined) return { why: `"${told}" is no port`, mayBe };
  if (!action) return { why: `"${of('action')}" is neither allow nor deny`, mayBe };
  return mayBe[0];
}

/** Whether senders are given by their addresses alone, and a server is none of them. */
function isOfOthers(senders: string, serverAddress: string): boolean {
  const words = senders.split(/[\s,;]+/).filter((one) => one !== '');
  const ranges = words.flatMap((one) => rangeOf(one) ?? []);
  if (words.length === 0 || ranges.length < words.length) return false;
  return ranges.every((range) => !inRange(serverAddress, range));
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

/** `443`, `80, 443`, `TCP/443`, `443/tcp`, `tcp-443`, `443/HTTPS`, `HTTPS (443)`, `8000-8100`, `any`. */
function portsOf(cell: string): (number | string)[] | 'any' | undefined {
  const words = cell
    .toLowerCase()
    .replaceAll(/ ?[\u2013-] ?/g, '-')
    .replaceAll(/\b(tcp|udp)(?![a-z\d])[-_]?/g, ' ')
    .split(/[\s,;+/:()]+/)
    .filter((one) => one !== '' && one !== 'port' && one !== 'ports');
  if (words.length === 0) return undefined;
  if (words.some((one) => anything.has(one))) return 'any';
  const ports = words.map((one) => services[one] ?? (/^\d{1,5}$/.test(one) ? Number(one) : one));
  if (!ports.every((one) => typeof one === 'number' || /^\d{1,5}-\d{1,5}$/.test(one))) return undefined;
  return [...new Set(ports)];
}

/** `443/udp`, `UDP 443`: of connectors' TCP nothing is in it. */
function isOfUdp(cell: string): boolean {
  return /\budp/i.test(cell) && !/\btcp/i.test(cell);
}

function portsInHosts(texts: readonly string[]): number[] | undefined {
  const found = texts.flatMap(
    (one) =>
      /^(?:\w+:\/\/)?[^/:]+:(\d{1,5})/.exec(one)?.[1] ??
      (one.startsWith('https://') ? 443 : one.startsWith('http://') ? 80 : []),
  );
  return found.length > 0 ? [...new Set(found.map(Number))] : undefined;
}
