import { once } from 'node:events';
import { connect, type IncomingHttpHeaders } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { Call } from './call.js';

/** One request over HTTP/2, on a connection that is open and whose TLS says that HTTP/2 is spoken. */
export async function exchangeOverHttp2(
  socket: Duplex,
  { url, method = 'GET', headers = {}, body }: Pick<Call, 'url' | 'method' | 'headers' | 'body'>,
): Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }> {
  const session = connect(url.origin, { createConnection: () => socket });
  // What befell the connection is said by whoever waits for it.
  session.on('error', () => {});
  try {
    const stream = session.request({ ...headers, ':method': method, ':path': url.pathname + url.search });
    stream.end(body);
    const [answer] = (await once(stream, 'response')) as [IncomingHttpHeaders];
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    return { status: Number(answer[':status']), headers: answer, body: Buffer.concat(chunks) };
  } finally {
    session.destroy();
  }
}
