import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { splice } from './splice.js';

interface Place {
  host: string;
  port: number;
}

/** A parent's answer to CONNECT that opens no tunnel, as it came. */
export class RefusedByParent extends Error {
  constructor(readonly answer: string) {
    super('the parent opened no tunnel');
  }
}

/**
 * Asks the proxy at the other end for a tunnel, and hands the client on: to what is behind it, or to its
 * refusal, as squid does with what its `cache_peer` answers.
 */
export async function tunnelThroughParent(
  client: Socket,
  early: Buffer,
  parent: Duplex,
  place: Place,
): Promise<void> {
  const { answer, begun } = await askedForTunnel(parent, place);
  client.write(headOf(answer));
  if (begun.length > 0) client.write(begun);
  if (early.length > 0) parent.write(early);
  splice(client, parent as Socket);
}

/**
 * The tunnel that a parent opens. What it says with status 200 is taken for one, also where a page follows.
 * @throws RefusedByParent
 */
export async function tunnelOfParent(parent: Duplex, place: Place): Promise<Duplex> {
  const { answer, begun } = await askedForTunnel(parent, place);
  if (answer.statusCode === 200) {
    if (begun.length > 0) parent.unshift(begun);
    return parent;
  }
  const body = [begun];
  for await (const chunk of parent) body.push(chunk as Buffer);
  throw new RefusedByParent(headOf(answer) + Buffer.concat(body).toString('latin1'));
}

async function askedForTunnel(
  parent: Duplex,
  { host, port }: Place,
): Promise<{ answer: IncomingMessage; begun: Buffer }> {
  const authority = `${host}:${port}`;
  const asking = request({
    createConnection: () => parent,
    method: 'CONNECT',
    path: authority,
    headers: { host: authority },
  });
  asking.end();
  const [answer, , begun] = (await once(asking, 'connect')) as [IncomingMessage, Duplex, Buffer];
  return { answer, begun };
}

function headOf({ statusCode, statusMessage, rawHeaders }: IncomingMessage): string {
  const pairs = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1]}`] : []));
  return `${[`HTTP/1.1 ${statusCode} ${statusMessage}`, ...pairs].join('\r\n')}\r\n\r\n`;
}
