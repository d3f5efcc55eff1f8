import { type Operation, operations } from '../evidence/vocabulary.js';
import { matchesHost } from '../policy/match-host.js';
import type { DocumentedHost } from '../requirements/documented-host.js';
import type { FoundResult } from './results-of.js';

/** A first life, from the installation on, with rows of the page's table closed. */
export interface AblatedLife {
  rows: readonly DocumentedHost[];
  found: readonly FoundResult[];
}

/** How an operation ended in such a life: at a host of the closed row, or because an earlier one had failed. */
export type Cell = 'works' | 'fails' | 'not-attempted';

/** What one closed row does to every operation. */
export interface RowEffect {
  row: DocumentedHost;
  cells: Record<Operation, Cell>;
  /** Absent: the row is needed by none. */
  first?: Operation;
}

/** While `by` is closed as well, nothing fails at a host of `row`: who opens only what is seen opens one after the other. */
export interface HiddenRow {
  row: DocumentedHost;
  by: DocumentedHost;
}

/** `*.msappproxy.net:443` */
export function rowName({ host, port }: Pick<DocumentedHost, 'host' | 'port'>): string {
  return `${host}:${port}`;
}

export function effectOf(row: DocumentedHost, found: readonly FoundResult[]): RowEffect {
  const cell = (operation: Operation): Cell => {
    const own = found.filter((one) => one.operation === operation && one.result !== 'ok');
    if (own.length === 0) return 'works';
    return own.some((one) => one.result !== 'not-attempted') ? 'fails' : 'not-attempted';
  };
  const cells = Object.fromEntries(operations.map((one) => [one, cell(one)])) as Record<Operation, Cell>;
  const first = operations.find((one) => cells[one] === 'fails');
  return { row, cells, ...(first && { first }) };
}

/** Of pairs of rows those of which one hides the other; `alone`: lives with one row closed, `together`: with two. */
export function hiddenRows(alone: readonly AblatedLife[], together: readonly AblatedLife[]): HiddenRow[] {
  const felt = new Set(
    alone.flatMap(({ rows, found }) => rows.filter((row) => isSeen(row, found)).map(rowName)),
  );
  return together.flatMap(({ rows, found }) =>
    rows.flatMap((row, at) => {
      const by = rows[1 - at];
      return by && felt.has(rowName(row)) && !isSeen(row, found) ? [{ row, by }] : [];
    }),
  );
}

/** Whether something failed at a host of the row, by the rule that closes it. */
function isSeen(row: DocumentedHost, found: readonly FoundResult[]): boolean {
  const rule = row.coveredBy ? `deny ${row.rule} port ${row.port}` : 'default drop';
  return found.some(
    (one) =>
      one.rule === rule &&
      one.port === row.port &&
      one.host !== undefined &&
      matchesHost(row.rule, row.match, one.host),
  );
}
