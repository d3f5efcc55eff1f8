import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** A WebSocket upgrade as the front hands it over. */
export interface Upgrade {
  request: IncomingMessage;
  socket: Duplex;
  head: Buffer;
  /** The name of the host that it came to. */
  host: string;
  /** The connection, as evidence names it. */
  connection: string;
  /** The address that it came from. */
  peer: string;
}
