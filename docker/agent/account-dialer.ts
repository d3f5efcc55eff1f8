import { type ChildProcess, fork } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import type { Account } from '../../harness/evidence/vocabulary.js';

/** Windows accounts as users of the server's container; its firewall knows them by these numbers. */
export const userIds: Readonly<Record<Account, number>> = {
  administrator: 1101,
  'network-service': 1102,
  'local-system': 1103,
};

/** Where to, and from where. */
export interface Route {
  from: string;
  fromPort: number;
  to: string;
  toPort: number;
}

export interface Dialling {
  /** Rejects with the operating system's own error. */
  connected: Promise<Socket>;
  cancel(): void;
}

interface Answer {
  id: number;
  code?: string;
}

/**
 * A process of one account. It opens connections and hands them over; the kernel goes on counting
 * them as that account's, because a socket belongs to who made it.
 */
export class AccountDialer {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, { resolve(socket: Socket): void; reject(error: Error): void }>();
  #count = 0;

  constructor(account: Account) {
    const uid = userIds[account];
    const program = new URL('./dial.mjs', import.meta.url);
    this.#process = fork(program, { uid, gid: uid, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#process.on('message', (message, handle) =>
      this.#hear(message as Answer, handle as Socket | undefined),
    );
  }

  dial(route: Route): Dialling {
    const id = ++this.#count;
    const connected = new Promise<Socket>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
    this.#process.send({ id, route });
    return { connected, cancel: () => void this.#process.send({ id, cancel: true }) };
  }

  #hear({ id, code }: Answer, socket: Socket | undefined): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (socket && waiting) waiting.resolve(socket.setNoDelay(true));
    else if (socket) socket.destroy();
    else waiting?.reject(Object.assign(new Error(`the connection failed: ${code}`), { code }));
  }
}

/** Opens a connection as whoever this process is. */
export function dialHere({ from, fromPort, to, toPort }: Route, { paused = false } = {}): Dialling {
  const socket = connect({ host: to, port: toPort, localAddress: from, localPort: fromPort });
  if (paused) socket.pause();
  const connected = new Promise<Socket>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket.setNoDelay(true));
    });
  });
  return { connected, cancel: () => void socket.destroy() };
}

/** What a dialer's own process does. */
export function serveDialer(): void {
  const open = new Map<number, Dialling>();
  process.on('message', (message) => {
    const { id, route, cancel } = message as { id: number; route?: Route; cancel?: boolean };
    if (cancel || !route) return open.get(id)?.cancel();
    // Paused from the start: a byte read here would be lost to the process that gets the socket.
    const dialling = dialHere(route, { paused: true });
    open.set(id, dialling);
    dialling.connected.then(
      (socket) => {
        open.delete(id);
        process.send?.({ id } satisfies Answer, socket);
      },
      (error: NodeJS.ErrnoException) => {
        open.delete(id);
        process.send?.({ id, code: error.code ?? 'EIO' } satisfies Answer);
      },
    );
  });
  process.on('disconnect', () => process.exit());
}
