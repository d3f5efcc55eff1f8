import { connect, type Socket } from 'node:net';
import type { Account } from '../../model/evidence/vocabulary.js';

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

/**
 * Opens a connection, as an account where one is named: to the kernel a socket belongs for ever to
 * whoever this process was when it made it.
 */
export function dial(route: Route, account?: Account): Dialling {
  const socket = account ? as(userIds[account], () => open(route)) : open(route);
  const connected = new Promise<Socket>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket.setNoDelay(true));
    });
  });
  return { connected, cancel: () => void socket.destroy() };
}

/** With a look-up that answers at once the socket is made before this returns, not in the next tick. */
function open({ from, fromPort, to, toPort }: Route): Socket {
  return connect({
    host: 'there',
    port: toPort,
    localAddress: from,
    localPort: fromPort,
    family: 4,
    lookup: (_host, _options, answer) => answer(null, to, 4),
  });
}

function as<T>(uid: number, work: () => T): T {
  process.seteuid?.(uid);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}
