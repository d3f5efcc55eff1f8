import type { Duplex } from 'node:stream';

/** Bounds on what people may cost who connect and then take their time. */
export interface Limits {
  /**
   * How long a connection may take to bring its request, and to take its answer, milliseconds. On the
   * wall clock: bytes of a real socket travel in real time, whatever the lab's clock does meanwhile.
   * Minutes: a busy computer is no slow client.
   */
  requestWallMs: number;
  /** Connections that may wait at the same time; where one more comes, the oldest goes. */
  mostWaiting: number;
}

export const usualLimits: Limits = { requestWallMs: 300_000, mostWaiting: 2048 };

interface Waiting {
  timer: NodeJS.Timeout;
  late(): void;
}

/** Connections that somebody else has to do something with, each until its deadline. */
export class Deadlines implements Disposable {
  readonly #waiting = new Map<Duplex, Waiting>();

  constructor(private readonly limits: Limits) {}

  /** The connection has so long from now; then `late` ends it, which is also what happens to the oldest. */
  begin(socket: Duplex, late: () => void): void {
    this.met(socket);
    const timer = setTimeout(() => this.#end(socket), this.limits.requestWallMs).unref();
    this.#waiting.set(socket, { timer, late });
    if (this.#waiting.size <= this.limits.mostWaiting) return;
    const [oldest] = this.#waiting.keys();
    if (oldest) this.#end(oldest);
  }

  /** What was waited for has come, or never will. */
  met(socket: Duplex): void {
    clearTimeout(this.#waiting.get(socket)?.timer);
    this.#waiting.delete(socket);
  }

  get size(): number {
    return this.#waiting.size;
  }

  [Symbol.dispose](): void {
    for (const socket of [...this.#waiting.keys()]) this.met(socket);
  }

  #end(socket: Duplex): void {
    const waiting = this.#waiting.get(socket);
    this.met(socket);
    waiting?.late();
  }
}
