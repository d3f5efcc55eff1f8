import { readTable, type TableRecord, type TableWithColumns } from '../import/csv.js';
import { isTickColumn, portsOfTicks, type TickColumn, tickOf } from '../import/table/ticks.js';
import { beforeLine, behindLine } from './edit.js';
import type { ClosedPlace, Patch, Patcher } from './patcher.js';

/** A table: one record for each host and port, with the columns and words that it has. */
export const csv: Patcher = {
  format: 'csv',
  kinds: ['open-edge', 'open-host', 'pass-proxy'],
  patch(source, { places }): Patch {
    const table = readTable(source, []);
    if (table.isDenial) {
      const why =
        'it lists what is closed, and has no words for what is open: take the rows out that close it';
      return { edits: [], leftOut: [{ places: [...places], why }] };
    }
    if (table.isByPort) {
      const why = 'its columns are ports: write these hosts below theirs';
      return { edits: [], leftOut: [{ places: [...places], why }] };
    }
    const last = table.records.findLast(({ cells }) => cells.some((cell) => cell.trim() !== ''));
    const lines = source.text.split('\n');
    const priorities = new FreePriorities(table);
    const edits = places.map((place) => {
      const priority = priorities.before(Math.min(...place.closedAt));
      const record = recordOf(place, table, lines, priority);
      return place.closedAt.length > 0
        ? beforeLine(source.text, Math.min(...place.closedAt), [record])
        : behindLine(source.text, last?.lastLine ?? 1, [record]);
    });
    return { edits, leftOut: [] };
  },
};

function recordOf(
  { host, port }: ClosedPlace,
  table: TableWithColumns,
  lines: readonly string[],
  priority: string,
): string {
  const { columns, delimiter, rows } = table;
  const sample = rows.findLast(({ action }) => action === 'allow') ?? rows.at(-1);
  const hasPorts = columns.some(
    (one) => one === 'ports' || (isTickColumn(one) && portsOfTicks(one) === `${port}`),
  );
  const firstHosts = columns.indexOf('hosts');
  const cells = columns.map((column, index) => {
    const known = sample?.record.cells[index] ?? '';
    const words = {
      hosts: index !== firstHosts ? '' : hasPorts ? host : `${host}:${port}`,
      ports: `${/^\s*(tcp[/: ]*)\d/i.exec(known)?.[1] ?? ''}${port}`,
      action: sample?.action === 'allow' && known.trim() !== '' ? known.trim() : allowAs(known),
      protocol: /tcp/i.test(known) ? known.trim() : 'TCP',
      direction: known.trim(),
      interface: known.trim(),
      source: known.trim(),
      deny: known.trim(),
      udp: '',
      state: known.trim(),
      ticket: known.trim(),
      'open or closed': known.trim(),
      off: known.trim(),
      'comes-by': known.trim(),
      'goes-by': known.trim(),
      condition: known.trim(),
      priority,
      other: '',
    };
    const word = isTickColumn(column) ? tickFor(port, column, index, table) : words[column];
    return `${/^\s*/.exec(known)?.[0].replace(/\n/g, '') ?? ''}${word}`;
  });
  const isQuoted = sample !== undefined && isAllQuoted(sample.record, lines, delimiter);
  return cells
    .map((cell) => (isQuoted || cell.includes(delimiter) ? `"${cell}"` : cell))
    .join(delimiter)
    .trimEnd();
}

/** The sign by which other rows tick a port, in its column. */
function tickFor(
  port: number,
  column: TickColumn,
  at: number,
  { columns, records }: TableWithColumns,
): string {
  if (columns.includes('ports') || portsOfTicks(column) !== `${port}`) return '';
  const signs = records.map(({ cells }) => cells[at]?.trim() ?? '');
  return signs.find((one) => tickOf(one, `${port}`, false) === true) ?? 'x';
}

/** Numbers that no row has, of a table whose rows are asked in their order. */
class FreePriorities {
  readonly #at: number;
  readonly #taken: Set<string>;

  constructor(private readonly table: TableWithColumns) {
    this.#at = table.columns.indexOf('priority');
    this.#taken = new Set(table.records.map(({ cells }) => cells[this.#at]?.trim() ?? ''));
  }

  /** The next one before that of a row, which begins at a line. */
  before(line: number): string {
    const told = this.table.records.find((one) => one.line === line)?.cells[this.#at] ?? '';
    for (let next = Number(told) - 1; next > 0; next--) {
      if (this.#taken.has(`${next}`)) continue;
      this.#taken.add(`${next}`);
      return `${next}`;
    }
    return '';
  }
}

/** Written as the others are. */
function allowAs(word: string): string {
  if (/^[A-Z]+$/.test(word.trim())) return 'ALLOW';
  return /^\s*[A-Z]/.test(word) ? 'Allow' : 'allow';
}

function isAllQuoted({ cells, line }: TableRecord, lines: readonly string[], delimiter: string): boolean {
  return lines[line - 1]?.trim() === cells.map((cell) => `"${cell}"`).join(delimiter);
}
