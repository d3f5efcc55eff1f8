import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * Connections that are made at the same time. More than the listener's queue holds would be dropped
 * by the kernel, which sends them again after a second, and then after two.
 */
const mostUnderWay = 64;

/** Both ends of one TCP connection over loopback. */
export type SocketPair = [client: Socket, server: Socket];

/**
 * Makes connected real sockets: one loopback listener for all, however many virtual addresses there
 * are. Real sockets close, end and reset as sockets do; streams joined in memory do not.
 */
export class SocketPairs {
  readonly #arrivals = new Map<number, (socket: Socket) => void>();
  readonly #early = new Map<number, Socket>();
  readonly #turns: (() => void)[] = [];
  readonly #port: number;
  #underWay = 0;

  private constructor(server: Server) {
    this.#port = (server.address() as AddressInfo).port;
    server.on('connection', (socket) => this.#arrive(socket));
  }

  static async open(): Promise<SocketPairs> {
    const server = createServer({ noDelay: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    // A process with nothing else to do may end; open sockets keep it alive by themselves.
    server.unref();
    return new SocketPairs(server);
  }

  async make(): Promise<SocketPair> {
    if (this.#underWay >= mostUnderWay) await new Promise<void>((resolve) => this.#turns.push(resolve));
    else this.#underWay++;
    try {
      return await this.#connect();
    } finally {
      // Whoever is next takes this one's place.
      const next = this.#turns.shift();
      if (next) next();
      else this.#underWay--;
    }
  }

  async #connect(): Promise<SocketPair> {
    const client = connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
    await once(client, 'connect');
    const local = client.localPort ?? 0;
    const server =
      this.#early.get(local) ?? (await new Promise<Socket>((resolve) => this.#arrivals.set(local, resolve)));
    this.#early.delete(local);
    this.#arrivals.delete(local);
    return [client, server];
  }

  #arrive(socket: Socket): void {
    const port = socket.remotePort ?? 0;
    const waiting = this.#arrivals.get(port);
    if (waiting) waiting(socket);
    else this.#early.set(port, socket);
  }
}
