import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { maxFrameSize } from '../../protocol/amqp/framing.js';
import { hybridPath } from '../../protocol/hybrid.js';
import { controlProtocol, rendezvousProtocol, signallingPath } from '../../protocol/signalling.js';
import { Deadlines, type Limits, usualLimits } from '../deadlines.js';
import type { CloudContext, CloudReply, CloudRequest } from '../service.js';
import { Control } from './control.js';
import { HybridConnections } from './hybrid/hybrid-connections.js';
import { rendezvous } from './rendezvous.js';
import type { Upgrade } from './upgrade.js';

/** So much may wait for a peer that asks and does not read, bytes. */
const mostUnread = 4 * 1024 * 1024;
/** Messages between the two sides of a hybrid connection may have so many bytes. */
const largestData = 4 * 1024 * 1024;

/**
 * The relay: connectors keep a control connection open at each namespace; each signal sends them to
 * a gateway, where they fetch the request. Nothing it sends on a control connection says what the
 * user asked for.
 */
export class Relay implements Disposable {
  readonly #control = this.#serve(maxFrameSize);
  readonly #data = this.#serve(largestData);
  readonly #hybrid: HybridConnections;
  /** Peers of whom nothing is known yet but that they came: so long and so many of them. */
  readonly #strangers: Deadlines;

  constructor(
    private readonly context: CloudContext,
    limits: Limits = usualLimits,
  ) {
    this.#strangers = new Deadlines(limits);
    this.#hybrid = new HybridConnections(context, (upgrade, kind, then) =>
      this.#complete(upgrade, kind, then),
    );
  }

  /** A request that is no upgrade: a sender's, to a hybrid connection. */
  async answer(request: CloudRequest): Promise<CloudReply> {
    return this.#hybrid.answer(request);
  }

  /** Takes an upgrade; the reply is what evidence says of it. */
  accept(upgrade: Upgrade): CloudReply | Promise<CloudReply> {
    const { request, socket, host, connection } = upgrade;
    const protocol = request.headers['sec-websocket-protocol'];
    if (request.url?.startsWith(hybridPath)) return this.#hybrid.accept(upgrade);
    if (request.url?.split('?')[0] !== signallingPath) return refuse(socket, 404, 'no such path');
    const namespaces = this.context.names().namespaces;
    const namespace = namespaces.find((one) => one.host === host);
    const take = (then: (peer: WebSocket, known: () => void) => void): CloudReply => {
      this.#complete(upgrade, 'control', (peer) => {
        this.#strangers.begin(socket, () => peer.terminate());
        const known = () => this.#strangers.met(socket);
        peer.once('close', known);
        then(peer, known);
      });
      return { status: 101 };
    };
    if (namespace && protocol === controlProtocol)
      return take((peer, known) => new Control(this.context, peer, { namespace, connection, known }));
    if (!namespace && protocol === rendezvousProtocol)
      return take((peer, known) => rendezvous(this.context, peer, { gateway: host, known }));
    return refuse(socket, 400, 'a subprotocol that this host does not speak');
  }

  [Symbol.dispose](): void {
    this.#strangers[Symbol.dispose]();
    for (const server of [this.#control, this.#data]) {
      for (const client of server.clients) client.terminate();
      server.close();
    }
  }

  #complete(
    { request, socket, head }: Upgrade,
    kind: 'control' | 'data',
    then: (peer: WebSocket) => void,
  ): void {
    const server = kind === 'control' ? this.#control : this.#data;
    server.handleUpgrade(request, socket, head, (peer) => {
      peer.on('error', () => peer.terminate());
      // Each is answered.
      peer.on('ping', () => peer.bufferedAmount > mostUnread && peer.terminate());
      then(peer);
    });
  }

  #serve(maxPayload: number): WebSocketServer {
    const handleProtocols = (offered: Set<string>) => [...offered][0] ?? false;
    const server = new WebSocketServer({ noServer: true, maxPayload, handleProtocols });
    // Clients whose token is refused compare the service's clock with their own.
    server.on('headers', (headers) =>
      headers.push(`Date: ${new Date(this.context.stack.clock.now()).toUTCString()}`),
    );
    return server;
  }
}

function refuse(socket: Duplex, status: number, detail: string): CloudReply {
  socket.end(`HTTP/1.1 ${status} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
  return { status, detail };
}
