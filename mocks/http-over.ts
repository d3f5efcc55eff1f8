import type { Socket } from 'node:net';
import { Client } from 'undici';

/**
 * HTTP/1.1 over a connection that is open already, for one exchange: ask with `reset`, since no other
 * connection would be made for a second one. It never gives up by itself, as real time is not the lab's.
 */
export function httpOver(socket: Socket, { origin }: URL): Client {
  let used = false;
  return new Client(origin, {
    connect: (_, done) => {
      const isGone = used || socket.destroyed;
      used = true;
      const gone = isGone && new ConnectionGoneError(socket.errored);
      // Not at once: the client would not go on.
      queueMicrotask(() => (gone ? done(gone, null) : done(null, socket)));
    },
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

/** The connection ended before it was asked. undici would try again, for ever, after an error of its own. */
class ConnectionGoneError extends Error {
  override readonly name = 'ConnectionGoneError';
  readonly code = 'ECONNRESET';
  constructor(cause: Error | null) {
    super('the connection is closed', { cause });
  }
}
