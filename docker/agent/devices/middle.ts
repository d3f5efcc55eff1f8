import { createServer, type Server, type Socket } from 'node:net';
import type { Attempt, Emitter } from '../../../mocks/devices/decided.js';
import type { EventBody } from '../../../model/evidence/event.js';
import { connectionId } from '../connection-id.js';
import { dial, type Route } from '../dial.js';
import type { GatewayHost } from './gateway-device.js';

/** Does what a device in the middle does with one connection; `next` opens the way to the server. */
type Stand = (attempt: Attempt, inner: Socket, next: () => Promise<Socket>) => Promise<void>;

/** A port of the gateway to which the kernel redirects connections, so that a device stands in their middle. */
export class Middle implements Emitter {
  #server: Server | undefined;

  constructor(private readonly host: GatewayHost) {}

  /** @param address that its own connections come from */
  async open(port: number, address: string, stand: Stand): Promise<void> {
    const { host } = this;
    const server = createServer({ noDelay: true }, async (socket) => {
      socket.on('error', () => {});
      const route = await host.destination(socket.remoteAddress ?? '', socket.remotePort ?? 0);
      const connection = connectionId(route);
      host.wire().track(connection, socket);
      const flow = { machine: route.from, host: route.to, address: route.to, port: route.toPort };
      await stand({ connection, flow }, socket, () => this.#onward(connection, route, address));
    });
    await new Promise<void>((resolve) => server.listen(port, '0.0.0.0', resolve));
    this.#server = server;
  }

  close(): void {
    this.#server?.close();
    this.#server = undefined;
  }

  /** Ids of events are the harness' own. */
  emit(machine: string, event: EventBody): string {
    this.host.tell({ kind: 'event', machine, event });
    return '';
  }

  /** The device's own connection to the server. */
  async #onward(connection: string, { to, toPort }: Route, from: string): Promise<Socket> {
    const route = { from, fromPort: this.host.nextPort(), to, toPort };
    const upstream = connectionId(route);
    this.host.tell({ kind: 'alias', upstream, connection });
    const socket = await dial(route).connected;
    this.host.wire().track(upstream, socket);
    return socket;
  }
}
