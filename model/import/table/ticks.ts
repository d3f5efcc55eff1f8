import { portsOf } from './ports.js';
import { actionOf, agreementOf, isEmpty, plain } from './words.js';

/** A column that is headed by ports: which of them a row is about, its cells tick. */
export type TickColumn = `ticks ${string}`;

export function isTickColumn(column: string): column is TickColumn {
  return column.startsWith('ticks ');
}

/** Ports of the head of such a column, as a cell would say them. */
export function portsOfTicks(column: TickColumn): string {
  return column.slice('ticks '.length);
}

/** Whether a head is ports and nothing else: `443`, `TCP/443`, `Port 80`, `HTTPS`. */
export function namesPorts(head: string): boolean {
  const words = plain(head).split(' ');
  const isOnlyPorts = words.every((one) => /^(?:(?:tcp|udp|https?|ports?)?\d{0,5}|udp|tcp)$/.test(one));
  return isOnlyPorts && words.some((one) => /\d|http/.test(one)) && portsOf(head) !== undefined;
}

/** What a column is that is headed so; undefined: its cells are no ticks. `below`: cells that say something. */
export function tickColumn(head: string, below: readonly string[]): TickColumn | 'udp' | undefined {
  if (!namesPorts(head)) return undefined;
  const ports = portsOf(head);
  if (!Array.isArray(ports)) return undefined;
  if (below.filter((cell) => tickOf(cell, head, false) !== undefined).length * 2 < below.length)
    return undefined;
  return ports.length === 0 ? 'udp' : `ticks ${ports.join(', ')}`;
}

/**
 * What a cell says of the ports above it: yes, no, or that they are closed; undefined: nobody knows. Who has a
 * ballot box with a cross for yes has an empty one for no, and none with a tick (`isCrossYes`).
 */
export function tickOf(cell: string, head: string, isCrossYes: boolean): boolean | 'closed' | undefined {
  const told = cell.trim();
  if (isEmpty(told) || /^\u2610/.test(told)) return false;
  if (/^\u2612/.test(told)) return isCrossYes;
  if (/^[\u2705\u25cf\u2022\u2714\u2611]\ufe0f?$/.test(told)) return true;
  if (/^[\u274c\u2716\u25cb]\ufe0f?$/.test(told)) return false;
  const agreed = agreementOf(told);
  if (agreed !== undefined) return agreed;
  const word = plain(told);
  if (/^(?:offen|geoffnet|ouvert|abierto|aperto)$/.test(word)) return true;
  if (/^(?:zu|geschlossen|ferme|cerrado|chiuso)$/.test(word)) return 'closed';
  const action = actionOf(told);
  if (action !== undefined) return action === 'allow' ? true : 'closed';
  const own = portsOf(told);
  if (Array.isArray(own)) {
    // `UDP` below 443, or 443 itself.
    if (own.length === 0) return false;
    const above = portsOf(head);
    return Array.isArray(above) && own.every((one) => above.includes(one)) ? true : undefined;
  }
  // `TCP`, `TCP/UDP`, `any`.
  return own === 'any' ? true : undefined;
}
