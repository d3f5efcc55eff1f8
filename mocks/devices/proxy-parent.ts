import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { splice } from './splice.js';

/**
 * Asks the proxy at the other end for a tunnel, and hands the client on: to what is behind it, or to its
 * refusal, as squid does with what its `cache_peer` answers.
 */
export async function tunnelThroughParent(
  client: Socket,
  early: Buffer,
  parent: Duplex,
  place: { host: string; port: number },
): Promise<void> {
  const authority = `${place.host}:${place.port}`;
  const asking = request({
    createConnection: () => parent,
    method: 'CONNECT',
    path: authority,
    headers: { host: authority },
  });
  asking.end();
  const [answer, , begun] = (await once(asking, 'connect')) as [IncomingMessage, Duplex, Buffer];
  client.write(headOf(answer));
  if (begun.length > 0) client.write(begun);
  if (early.length > 0) parent.write(early);
  splice(client, parent as Socket);
}

function headOf({ statusCode, statusMessage, rawHeaders }: IncomingMessage): string {
  const pairs = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1]}`] : []));
  return `${[`HTTP/1.1 ${statusCode} ${statusMessage}`, ...pairs].join('\r\n')}\r\n\r\n`;
}
