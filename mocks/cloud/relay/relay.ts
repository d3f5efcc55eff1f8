import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { maxFrameSize } from '../../protocol/amqp/framing.js';
import { controlProtocol, rendezvousProtocol, signallingPath } from '../../protocol/signalling.js';
import type { CloudContext, CloudReply } from '../service.js';
import { Control } from './control.js';
import { rendezvous } from './rendezvous.js';

/** A WebSocket upgrade as the front hands it over. */
export interface Upgrade {
  request: IncomingMessage;
  socket: Duplex;
  head: Buffer;
  /** The name of the host that it came to. */
  host: string;
  /** The connection, as evidence names it. */
  connection: string;
}

/**
 * The relay: connectors keep a control connection open at each namespace; each signal sends them to
 * a gateway, where they fetch the request. Nothing it sends on a control connection says what the
 * user asked for.
 */
export class Relay implements Disposable {
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: maxFrameSize,
    handleProtocols: (offered) => [...offered][0] ?? false,
  });

  constructor(private readonly context: CloudContext) {
    // Clients whose token is refused compare the service's clock with their own.
    this.#server.on('headers', (headers) => headers.push(`Date: ${this.#date()}`));
  }

  /** Takes an upgrade; the reply is what evidence says of it. */
  accept(upgrade: Upgrade): CloudReply {
    const { request, socket, head, host, connection } = upgrade;
    const protocol = request.headers['sec-websocket-protocol'];
    if (request.url?.split('?')[0] !== signallingPath) return refuse(socket, 404, 'no such path');
    const namespaces = this.context.names().namespaces;
    const namespace = namespaces.find((one) => one.host === host);
    const take = (then: (peer: WebSocket) => void): CloudReply => {
      this.#server.handleUpgrade(request, socket, head, (peer) => {
        peer.on('error', () => peer.terminate());
        then(peer);
      });
      return { status: 101 };
    };
    if (namespace && protocol === controlProtocol)
      return take((peer) => new Control(this.context, peer, { namespace, connection }));
    if (!namespace && protocol === rendezvousProtocol)
      return take((peer) => rendezvous(this.context, peer, host));
    return refuse(socket, 400, 'a subprotocol that this host does not speak');
  }

  [Symbol.dispose](): void {
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }

  #date(): string {
    return new Date(this.context.stack.clock.now()).toUTCString();
  }
}

function refuse(socket: Duplex, status: number, detail: string): CloudReply {
  socket.end(`HTTP/1.1 ${status} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
  return { status, detail };
}
