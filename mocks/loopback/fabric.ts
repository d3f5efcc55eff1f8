import type { Socket } from 'node:net';
import type { Arrival, Listener } from '../network.js';
import type { SocketPair, SocketPairs } from './socket-pair.js';

/** The wires of one lab: who listens at which virtual address, and every socket that is open. */
export class Fabric implements AsyncDisposable {
  readonly #listeners = new Map<string, (arrival: Arrival) => void>();
  readonly #sockets = new Set<Socket>();
  #connections = 0;

  constructor(private readonly pairs: SocketPairs) {}

  nextConnection(): string {
    return `c${++this.#connections}`;
  }

  listen(address: string, port: number, accept: (arrival: Arrival) => void): Listener {
    const key = `${address}:${port}`;
    this.#listeners.set(key, accept);
    const close = async () => {
      if (this.#listeners.get(key) === accept) this.#listeners.delete(key);
    };
    return { close, [Symbol.asyncDispose]: close };
  }

  isListening(address: string, port: number): boolean {
    return this.#listeners.has(`${address}:${port}`);
  }

  /** Hands one end of a new pair to whoever listens; undefined where nobody does. */
  async dial(address: string, port: number, arrival: Omit<Arrival, 'socket'>): Promise<Socket | undefined> {
    const accept = this.#listeners.get(`${address}:${port}`);
    if (!accept) return undefined;
    const [client, server] = await this.pair();
    accept({ ...arrival, socket: server });
    return client;
  }

  /** Two ends for a device that stands in the middle. */
  async pair(): Promise<SocketPair> {
    const pair = await this.pairs.make();
    for (const socket of pair) {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      // Whoever uses the socket sees its errors too; without this a late one would end the process.
      socket.on('error', () => {});
    }
    return pair;
  }

  /** Cuts every open connection, as a firewall does that forgets its states. */
  async cut(): Promise<void> {
    const open = [...this.#sockets];
    const closed = open.map(
      (socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())),
    );
    for (const socket of open) socket.destroy();
    await Promise.all(closed);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listeners.clear();
    await this.cut();
  }
}
