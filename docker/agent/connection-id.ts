import type { Socket } from 'node:net';
import type { Route } from './dial.js';

/**
 * How the two ends of a connection and everybody between name it without a word between them: by its
 * addresses and ports. The harness turns it into the short ids of the evidence.
 */
export function connectionId({ from, fromPort, to, toPort }: Route): string {
  return `${from}:${fromPort}>${to}:${toPort}`;
}

/**
 * The id of what a connection's machine tried before it, at the address of IPv6 of the same name: devices name what
 * they say of it after the connection.
 */
export function triedBefore(connection: string): string {
  return `${connection} over IPv6`;
}

/** The id of a connection that arrived here. */
export function arrivalId(socket: Socket): string {
  return connectionId({
    from: socket.remoteAddress ?? '',
    fromPort: socket.remotePort ?? 0,
    to: socket.localAddress ?? '',
    toPort: socket.localPort ?? 0,
  });
}
