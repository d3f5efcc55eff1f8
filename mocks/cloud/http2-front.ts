import { type IncomingHttpHeaders, performServerHandshake, type ServerHttp2Stream } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import type { CloudContext, CloudReply, StreamHandler, StreamPeer, StreamRequest } from './service.js';

/** Streams that one peer may have open, and settings that it may change at once. */
const most = { streams: 1000, settings: 32 };
/**
 * Streams on which a peer may be refused before it was let in once. Node.js bounds streams that are reset at
 * once (CVE-2023-44487) as well, and leaves such a session standing without a word.
 */
const mostRefused = 100;

/** Who serves the streams of a session. */
export interface Http2Served {
  handler: StreamHandler;
  /** A stream was let in: the session is nobody's who only wants to be there. */
  onServed(): void;
}

/** Sessions of HTTP/2, for services that speak it. */
export class Http2Front {
  constructor(private readonly context: CloudContext) {}

  serve(socket: TLSSocket, peer: StreamPeer, served: Http2Served): void {
    const session = performServerHandshake(socket, {
      maxSessionMemory: 64,
      maxSettings: most.settings,
      settings: { maxConcurrentStreams: most.streams },
    });
    // A socket that no TLS server of Node's made never says so itself, and the session waits for it.
    socket.emit('secureConnect');
    session.on('error', () => session.destroy());
    let strange: number | undefined = 0;
    const onServed = () => {
      strange = undefined;
      served.onServed();
    };
    session.on('stream', (stream: ServerHttp2Stream, headers) => {
      stream.on('error', () => {});
      if (strange !== undefined && ++strange > mostRefused) return session.destroy();
      void this.#answer({ ...served, onServed }, stream, headers, peer);
    });
  }

  async #answer(
    { handler, onServed }: Http2Served,
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    peer: StreamPeer,
  ): Promise<void> {
    const connects = headers[':method'] === 'CONNECT';
    const path = String((connects ? headers[':authority'] : headers[':path']) ?? '');
    const request = { ...peer, method: String(headers[':method'] ?? ''), path };
    const reply = await handler(stream, headers, request);
    if (reply.status < 400) onServed();
    this.#note(request, reply);
  }

  #note(request: StreamRequest, { status, detail, connectorId = request.connectorId }: CloudReply): void {
    const { host, connection, peer, method, path, certificate } = request;
    this.context.stack.emit({
      kind: 'cloud',
      service: host.service,
      host: host.name,
      connection,
      peer,
      method,
      path,
      status,
      clientCertificate: certificate,
      ...(connectorId && { connector: connectorId }),
      ...(detail && { detail }),
    });
  }
}
