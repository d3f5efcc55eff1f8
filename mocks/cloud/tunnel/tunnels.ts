import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { type ResultName, resultNames } from '../../../model/evidence/vocabulary.js';
import { controlPath, encodeFlow, flowHeader, flowPath, resultHeader } from '../../protocol/tunnel.js';
import { type CloudReply, onePerCloud, type StreamRequest } from '../service.js';

/** What became of a user's connection at the connector's end. */
export type Carried = { result: 'ok'; stream: ServerHttp2Stream } | { result: Exclude<ResultName, 'ok'> };

interface Waiting {
  connectorId: string;
  settle(carried: Carried): void;
}

/** The connectors' tunnels: who has one open, and the users' connections that go through them. */
export class Tunnels {
  readonly #controls = new Map<string, ServerHttp2Stream>();
  readonly #waiting = new Map<string, Waiting>();

  /** Ids of the connectors that have a tunnel open. */
  get open(): string[] {
    return [...this.#controls.keys()];
  }

  /** Takes a stream that a connector opened; the reply is what evidence says of it. */
  accept(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, request: StreamRequest): CloudReply {
    const { connectorId, certificate } = request;
    if (certificate !== 'valid' || !connectorId) {
      stream.respond({ ':status': 403 }, { endStream: true });
      return { status: 403, detail: `client certificate ${certificate}` };
    }
    if (request.path === controlPath) return this.#control(stream, connectorId);
    if (request.path === flowPath) return this.#flow(stream, headers, connectorId);
    stream.respond({ ':status': 404 }, { endStream: true });
    return { status: 404 };
  }

  /** Has a connector connect to a resource. `tcp-drop`: its tunnel was lost before it said anything. */
  carry(connectorId: string, host: string, port: number): Promise<Carried> {
    const control = this.#controls.get(connectorId);
    if (!control) return Promise.resolve({ result: 'tcp-drop' });
    const flow = randomUUID();
    return new Promise((resolve) => {
      const settle = (carried: Carried) => {
        this.#waiting.delete(flow);
        resolve(carried);
      };
      this.#waiting.set(flow, { connectorId, settle });
      control.write(encodeFlow({ flow, host, port }));
    });
  }

  #control(stream: ServerHttp2Stream, connectorId: string): CloudReply {
    this.#controls.set(connectorId, stream);
    stream.once('close', () => {
      if (this.#controls.get(connectorId) !== stream) return;
      this.#controls.delete(connectorId);
      for (const waiting of this.#waiting.values())
        if (waiting.connectorId === connectorId) waiting.settle({ result: 'tcp-drop' });
    });
    stream.resume();
    stream.respond({ ':status': 200 });
    return { status: 200, connectorId };
  }

  #flow(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, connectorId: string): CloudReply {
    const waiting = this.#waiting.get(String(headers[flowHeader] ?? ''));
    if (waiting?.connectorId !== connectorId) {
      stream.respond({ ':status': 404 }, { endStream: true });
      return { status: 404, detail: 'no such flow', connectorId };
    }
    const told = String(headers[resultHeader] ?? '');
    const result = resultNames.find((name) => name === told) ?? 'refused-by-service';
    stream.respond({ ':status': 200 }, { endStream: result !== 'ok' });
    waiting.settle(result === 'ok' ? { result, stream } : { result });
    return { status: 200, connectorId, ...(result !== 'ok' && { detail: result }) };
  }
}

/** A cloud's tunnels: connectors open them, and users' connections go through them. */
export const tunnelsOf = onePerCloud(() => new Tunnels());
