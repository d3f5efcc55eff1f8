import type { Column } from './column.js';
import { portsOf } from './ports.js';
import { isOfTickets, saysOpenOrClosed, statusColumn } from './status.js';
import { actionOf, agreementOf, hostsOf, isActionWord, isEmpty } from './words.js';

/** Columns of a table whose head nobody understands, or that has none, by what most of its cells are. */
export function guessed(rows: readonly (readonly string[])[]): Column[] {
  // By the cells that there are: one row of very many columns makes no other as wide.
  const columns: string[][] = [];
  for (const row of rows)
    for (const [index, cell] of row.entries()) {
      columns[index] ??= [];
      if (cell.trim() !== '') columns[index].push(cell.trim());
    }
  const hasTickets = isOfTickets([], rows);
  const found = columns.map((cells): Column => {
    const most = (is: (cell: string) => boolean) => cells.filter(is).length * 2 > cells.length;
    if (most((cell) => portsOf(cell) !== undefined && !isAny(cell))) return 'ports';
    if (most((cell) => isActionWord(cell) || saysOpenOrClosed(cell) || agreementOf(cell) !== undefined))
      return statusColumn('status', cells, { hasAction: false, hasTickets });
    if (most((cell) => /^(tcp|udp|icmp)$/i.test(cell))) return 'protocol';
    return most((cell) => hostsOf(cell).hosts.length > 0) ? 'hosts' : 'other';
  });
  // Rows are numbered by people, mostly in front.
  const isNumbered = (columns[0] ?? []).every((one, index) => Number(one) === index + 1);
  if (found[0] === 'ports' && (isNumbered || found.lastIndexOf('ports') > 0)) found[0] = 'other';
  return found;
}

function isAny(cell: string): boolean {
  return hostsOf(cell).hosts.includes('any');
}

/** Whether a first record can be the head of a table in words that are not known here. */
export function mayBeHead(cells: readonly string[]): boolean {
  const told = cells.filter((cell) => !isEmpty(cell));
  return (
    told.length > 1 &&
    told.every((cell) => hostsOf(cell).hosts.length === 0 && !/\d/.test(cell) && actionOf(cell) === undefined)
  );
}
