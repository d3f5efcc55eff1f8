import { type IncomingHttpHeaders, performServerHandshake, type ServerHttp2Stream } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import type { CloudContext, CloudReply, StreamHandler, StreamPeer, StreamRequest } from './service.js';

/** Sessions of HTTP/2, for services that speak it. */
export class Http2Front {
  constructor(private readonly context: CloudContext) {}

  serve(socket: TLSSocket, peer: StreamPeer, handler: StreamHandler): void {
    const session = performServerHandshake(socket, { maxSessionMemory: 64 });
    // A socket that no TLS server of Node's made never says so itself, and the session waits for it.
    socket.emit('secureConnect');
    session.on('error', () => session.destroy());
    session.on('stream', (stream: ServerHttp2Stream, headers) => {
      stream.on('error', () => {});
      void this.#answer(handler, stream, headers, peer);
    });
  }

  async #answer(
    handler: StreamHandler,
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    peer: StreamPeer,
  ): Promise<void> {
    const connects = headers[':method'] === 'CONNECT';
    const path = String((connects ? headers[':authority'] : headers[':path']) ?? '');
    const request = { ...peer, method: String(headers[':method'] ?? ''), path };
    this.#note(request, await handler(stream, headers, request));
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
