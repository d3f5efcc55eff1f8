import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { checkSas, type SasStanding } from '../../protocol/sas.js';
import {
  controlProtocol,
  decodeFrame,
  encodeFrame,
  type Frame,
  rendezvousProtocol,
  signallingPath,
} from '../../protocol/signalling.js';
import type { CloudContext, CloudReply } from '../service.js';

/** A WebSocket upgrade as the front hands it over. */
export interface Upgrade {
  request: IncomingMessage;
  socket: Duplex;
  head: Buffer;
}

/** Header in which the lab's connector sends its token; in the real protocol it is inside AMQP. */
export const tokenHeader = 'servicebusauthorization';

/**
 * The relay: connectors keep a control connection open at their namespace; each signal sends them to
 * a gateway, where they fetch the request. Nothing it sends on the control connection says what the
 * user asked for.
 */
export class Relay implements Disposable {
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: 65_536,
    handleProtocols: (offered) => [...offered][0] ?? false,
  });

  constructor(private readonly context: CloudContext) {}

  /** Takes an upgrade; the reply is what evidence says of it. */
  accept({ request, socket, head }: Upgrade): CloudReply {
    const protocol = request.headers['sec-websocket-protocol'];
    if (request.url?.split('?')[0] !== signallingPath) return refuse(socket, 404, 'no such path');
    if (protocol === controlProtocol) {
      const standing = this.#standing(request);
      if (standing !== 'valid') return refuse(socket, 401, `token ${standing}`, this.#date());
      this.#server.handleUpgrade(request, socket, head, (peer) => this.#control(peer));
      return { status: 101 };
    }
    if (protocol !== rendezvousProtocol) return refuse(socket, 400, 'an unknown subprotocol');
    this.#server.handleUpgrade(request, socket, head, (peer) => this.#rendezvous(peer));
    return { status: 101 };
  }

  [Symbol.dispose](): void {
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }

  #standing(request: IncomingMessage): SasStanding {
    const token = request.headers[tokenHeader];
    return checkSas(String(token ?? ''), this.context.pki.relayKey, this.context.stack.clock.now());
  }

  #date(): string {
    return new Date(this.context.stack.clock.now()).toUTCString();
  }

  #control(socket: WebSocket): void {
    let connectorId: string | undefined;
    const { listeners, pending } = this.context.state;
    receive(socket, (frame) => {
      if (frame.type === 'listen') {
        connectorId = frame.connectorId;
        listeners.set(connectorId, { connectorId, socket });
        send(socket, { type: 'listening' });
      } else if (frame.type === 'keep-alive') send(socket, { type: 'keep-alive' });
      else if (frame.type === 'done' && !frame.delivered)
        pending.get(frame.relayId)?.end({ kind: 'timeout' });
    });
    socket.once('close', () => {
      if (!connectorId || listeners.get(connectorId)?.socket !== socket) return;
      listeners.delete(connectorId);
      for (const request of pending.values())
        if (request.connectorId === connectorId) request.end({ kind: 'timeout' });
    });
  }

  #rendezvous(socket: WebSocket): void {
    receive(socket, (frame) => {
      if (frame.type !== 'accept') return;
      const request = this.context.state.pending.get(frame.relayId);
      if (request) send(socket, { type: 'signal-message', message: request.message });
      else socket.close(1008, 'no such request');
    });
  }
}

export function send(socket: WebSocket, frame: Frame): void {
  socket.send(encodeFrame(frame));
}

function receive(socket: WebSocket, take: (frame: Frame) => void): void {
  socket.on('error', () => socket.terminate());
  socket.on('message', (data: RawData) => {
    try {
      take(decodeFrame(data));
    } catch {
      socket.close(1003, 'a frame that is not of the protocol');
    }
  });
}

function refuse(socket: Duplex, status: number, detail: string, date?: string): CloudReply {
  const headers = `Content-Length: 0\r\nConnection: close\r\n${date ? `Date: ${date}\r\n` : ''}X-Lab-Reason: ${detail}\r\n`;
  socket.end(`HTTP/1.1 ${status} Refused\r\n${headers}\r\n`);
  return { status, detail };
}
