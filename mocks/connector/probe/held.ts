import type { Duplex } from 'node:stream';
import type { Connection } from '../../network.js';
import { type Call, placeOf } from '../call.js';
import { toFailure } from '../classify.js';
import { lostBy } from '../service/signalling.js';
import type { Transport } from '../transport.js';
import type { Uncounted } from './counted.js';

/** Signalling is quiet for so long between two signs of life of the longest kind, milliseconds. */
export const holdMs = 4 * 60_000;

/** A connection that is kept open while nothing is said, and asked for an answer behind that. */
export interface Held {
  /** @throws Failure where it was forgotten on the way, or was reset */
  ask(): Promise<void>;
}

/**
 * Opens a connection to hold. Whoever is on the other end may close it in order, as the service does with
 * strangers: that says nothing of the network, and is told.
 */
export async function hold(transport: Transport, call: Call, uncounted: Uncounted[]): Promise<Held> {
  const opened = await transport.noted({ ...call, purpose: 'open a connection to hold' }, () =>
    transport.open(call),
  );
  const { connection, socket } = opened;
  // Nothing is to come meanwhile.
  const patience = connection.socket.timeout ?? 0;
  connection.socket.setTimeout(0);
  let isClosed = false;
  socket.once('end', () => {
    isClosed = true;
  });
  socket.on('error', () => {}).resume();
  return {
    async ask() {
      // TLS ends, too, where the connection below it was reset.
      if (isClosed && !connection.socket.errored && !socket.errored) {
        socket.destroy();
        const why = 'the other end closed a quiet connection in order, which it may';
        return void uncounted.push({ host: call.url.hostname, why });
      }
      connection.socket.setTimeout(patience);
      const asked = { ...call, purpose: 'use a connection that was quiet' };
      await transport.noted(asked, async () => {
        socket.write(`GET / HTTP/1.1\r\nhost: ${call.url.host}\r\nconnection: close\r\n\r\n`);
        try {
          await answerOn(socket, connection);
        } catch (error) {
          throw toFailure(error, { ...placeOf(call.url), connection: connection.id });
        } finally {
          socket.destroy();
        }
        return { connection };
      });
    },
  };
}

/** @throws why it ended where it did so before anything came */
async function answerOn(socket: Duplex, connection: Connection): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    // Reset while it was quiet: that was told before anybody listened.
    if (socket.destroyed) return reject(socket.errored ?? lostBy(connection));
    socket.once('data', () => resolve());
    socket.once('close', () => reject(lostBy(connection)));
  });
}
