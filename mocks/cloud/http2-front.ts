import { type IncomingHttpHeaders, performServerHandshake, type ServerHttp2Stream } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import { PrivateAccessEdge } from './access/edge.js';
import type { CloudContext, CloudReply, StreamPeer, StreamRequest } from './service.js';
import { Tunnels } from './tunnel/tunnels.js';

/** What speaks HTTP/2: the connectors' tunnels, and the users' side of Private Access. */
export class Http2Front {
  readonly #tunnels = new Tunnels();
  readonly #edge: PrivateAccessEdge;

  constructor(private readonly context: CloudContext) {
    this.#edge = new PrivateAccessEdge(context, this.#tunnels);
  }

  /** Services that are asked over HTTP/2. */
  static speaks(service: string): boolean {
    return service === 'tunnel' || service === 'private-access';
  }

  serve(socket: TLSSocket, peer: StreamPeer): void {
    const session = performServerHandshake(socket, { maxSessionMemory: 64 });
    // A socket that no TLS server of Node's made never says so itself, and the session waits for it.
    socket.emit('secureConnect');
    session.on('error', () => session.destroy());
    session.on('stream', (stream: ServerHttp2Stream, headers) => {
      stream.on('error', () => {});
      void this.#answer(stream, headers, peer);
    });
  }

  async #answer(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, peer: StreamPeer): Promise<void> {
    const connects = headers[':method'] === 'CONNECT';
    const path = String((connects ? headers[':authority'] : headers[':path']) ?? '');
    const request = { ...peer, method: String(headers[':method'] ?? ''), path };
    const reply =
      peer.host.service === 'tunnel'
        ? this.#tunnels.accept(stream, headers, request)
        : await this.#edge.accept(stream, headers, request);
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
