import { once } from 'node:events';
import type { Socket } from 'node:net';
import { getExtensionData, readTlsClientHello } from 'read-tls-client-hello';

const tlsHandshake = 0x16;

/**
 * Reads the name a client asks for, from the TLS ClientHello or the HTTP Host header, and puts the
 * bytes back. Undefined where there is none, or where the client closed before it said anything.
 */
export async function peekName(socket: Socket): Promise<string | undefined> {
  const first = await firstChunk(socket);
  if (!first) return undefined;
  if (first[0] !== tlsHandshake) {
    const host = /^host:\s*([^\s:]+)/im.exec(first.toString('latin1'));
    return host?.[1]?.toLowerCase();
  }
  try {
    const hello = await readTlsClientHello(socket);
    return getExtensionData(hello, 'server_name')?.serverName;
  } catch {
    return undefined;
  }
}

/** The first bytes, which stay readable; undefined where the socket closes first. */
async function firstChunk(socket: Socket): Promise<Buffer | undefined> {
  const buffered: Buffer | null = socket.read();
  if (buffered) return putBack(socket, buffered);
  const ending = new AbortController();
  const { signal } = ending;
  try {
    await Promise.race([once(socket, 'readable', { signal }), once(socket, 'close', { signal })]);
  } catch {
    return undefined;
  } finally {
    ending.abort();
  }
  const chunk: Buffer | null = socket.read();
  return chunk ? putBack(socket, chunk) : undefined;
}

function putBack(socket: Socket, chunk: Buffer): Buffer {
  socket.unshift(chunk);
  return chunk;
}
