import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Connection } from '../network.js';
import { isPage, proxyAnswered, proxyResult, toFailure } from './classify.js';
import { Failure } from './failure.js';

/**
 * Asks the proxy at the other end for a tunnel (RFC 9110, 9.3.6); afterwards the connection is to the
 * destination. @throws Failure
 */
export async function openTunnel(
  connection: Connection,
  { host, port }: { host: string; port: number },
): Promise<void> {
  const authority = `${host}:${port}`;
  const facts = { host, port, connection: connection.id };
  const request = httpRequest({
    createConnection: () => connection.socket,
    method: 'CONNECT',
    path: authority,
    headers: { host: authority },
  });
  request.end();
  try {
    const [response] = (await once(request, 'connect')) as [IncomingMessage];
    const status = response.statusCode ?? 0;
    if (status === 200 && !isPage(response.headers)) return;
    if (status === 200) {
      const words = 'a page came in place of the tunnel, and TLS cannot begin with it';
      throw new Failure('http-block-page', words, { ...facts, status });
    }
    throw new Failure(proxyResult(status, response.headers), proxyAnswered(status, response.headers), {
      ...facts,
      status,
    });
  } catch (error) {
    connection.socket.destroy();
    throw toFailure(connection.socket.errored ?? error, facts);
  }
}
