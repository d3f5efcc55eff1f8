import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';
import type { Connection } from '../../network.js';
import { decodeFrame, encodeFrame, type Frame } from '../../protocol/signalling.js';
import { ProtocolError } from '../../protocol/xml.js';
import { type Call, placeOf } from '../call.js';
import { isPage, isProxysOwn, proxyResult, toFailure } from '../classify.js';
import { Failure } from '../failure.js';
import type { Transport } from '../transport.js';

export interface OpenSocket {
  socket: WebSocket;
  connection: Connection;
  /** The service's clock, milliseconds since 1970; NaN where the answer did not tell. */
  serviceTime: number;
}

/** A WebSocket to a relay host, over whatever the stack's way is. @throws Failure */
export async function openWebSocket(transport: Transport, call: Call, protocol: string): Promise<OpenSocket> {
  const { connection, socket: duplex } = await transport.open(call);
  const facts = { ...placeOf(call.url), connection: connection.id };
  const options: ClientOptions = {
    createConnection: (() => duplex) as unknown as NonNullable<ClientOptions['createConnection']>,
    headers: { host: call.url.host, ...call.headers },
    perMessageDeflate: false,
  };
  // TLS is in place already; the library must not begin it again.
  const socket = new WebSocket(`ws://${call.url.host}${call.url.pathname}`, [protocol], options);
  let serviceTime = Number.NaN;
  socket.once('upgrade', ({ headers }) => {
    serviceTime = Date.parse(headers.date ?? '');
  });
  const refused = new Promise<never>((_, reject) => {
    socket.once('unexpected-response', (_request, { statusCode: status = 0, headers }) => {
      duplex.destroy();
      const answered = `the upgrade was answered with ${status}`;
      const result = isProxysOwn(headers)
        ? proxyResult(status, headers)
        : status === 200 && isPage(headers)
          ? 'http-block-page'
          : 'websocket-upgrade-refused';
      reject(new Failure(result, answered, { ...facts, status }));
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      const cause = connection.socket.errored ?? error;
      // What the library finds wrong with an answer that says 101 comes without a code.
      const isNetwork = 'code' in cause && cause.code !== undefined;
      reject(
        isNetwork
          ? toFailure(cause, facts)
          : new Failure('websocket-upgrade-refused', `the upgrade was not one: ${error.message}`, facts, {
              cause,
            }),
      );
    });
  });
  await Promise.race([once(socket, 'open'), refused]);
  socket.on('error', () => socket.terminate());
  return { socket, connection, serviceTime };
}

/** The next frame that fits; rejects where the connection ends before it. */
export async function nextFrame<T extends Frame['type']>(
  { socket, connection }: OpenSocket,
  type: T,
): Promise<Extract<Frame, { type: T }>> {
  return new Promise((resolve, reject) => {
    const settle = () => socket.off('message', onMessage).off('close', onClose);
    const onMessage = (data: unknown) => {
      const frame = readFrame(data);
      if (frame && frame.type !== type) return;
      settle();
      if (frame) return resolve(frame as Extract<Frame, { type: T }>);
      socket.terminate();
      reject(new Failure('refused-by-service', 'what came is not signalling', { connection: connection.id }));
    };
    const onClose = () => {
      settle();
      reject(lostBy(connection));
    };
    if (socket.readyState >= WebSocket.CLOSING) onClose();
    else socket.on('message', onMessage).on('close', onClose);
  });
}

/** Why a connection is over, as far as this end can see. */
export function lostBy({ socket }: Connection): Error {
  return socket.errored ?? Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' });
}

function readFrame(data: unknown): Frame | undefined {
  try {
    return decodeFrame(data);
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}

export function sendFrame({ socket }: OpenSocket, frame: Frame): void {
  if (socket.readyState === WebSocket.OPEN) socket.send(encodeFrame(frame));
}
