import type { TableRecord } from './records.js';
import { namesPorts } from './ticks.js';
import { hostsOf, isEmpty } from './words.js';

/** Records among which the head of such a table is, below its titles. */
const mostTitles = 20;

/**
 * A table whose columns are headed by ports, with the hosts for each below it, as one that has a column of each;
 * undefined: it is another.
 */
export function hostsByPort(records: readonly TableRecord[]): TableRecord[] | undefined {
  const at = records.slice(0, mostTitles).findIndex(({ cells }) => cells.some(namesPorts));
  const head = records[at];
  if (!head) return undefined;
  const below = records.slice(at + 1);
  const areHosts = (index: number) => {
    const told = below.map(({ cells }) => cells[index] ?? '').filter((cell) => !isEmpty(cell));
    return told.length > 0 && told.filter(isOfHosts).length * 2 > told.length;
  };
  const columns = head.cells.map((_, index) => index);
  const ofPorts = columns.filter((index) => namesPorts(head.cells[index] ?? '') && areHosts(index));
  const others = columns.filter((index) => !ofPorts.includes(index));
  if (ofPorts.length === 0 || others.some(areHosts)) return undefined;
  const { line, lastLine } = head;
  return [
    { cells: ['Host', 'Port'], line, lastLine },
    ...below.flatMap(({ cells, ...where }) =>
      ofPorts.flatMap((index) => {
        const host = cells[index] ?? '';
        return isEmpty(host) ? [] : [{ cells: [host, head.cells[index] ?? ''], ...where }];
      }),
    ),
  ];
}

function isOfHosts(cell: string): boolean {
  const { hosts, texts } = hostsOf(cell);
  return hosts.length > 0 && hosts.length === texts.length && /\D/.test(cell);
}
