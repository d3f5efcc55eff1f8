import { connect, isIP, type Socket } from 'node:net';
import type { Account } from '../../model/evidence/vocabulary.js';
import { accountsOf } from '../../model/site/accounts.js';
import type { Site } from '../../model/site/schema.js';

/** The first account of a site as a user of a server's container; the others follow. */
const firstUserId = 1101;

/** Windows accounts as users of the server's container; its firewall knows them by these numbers. */
export function userIdOf(site: Site, account: Account): number {
  const index = accountsOf(site).indexOf(account);
  if (index < 0) throw new Error(`the site has no account ${account}`);
  return firstUserId + index;
}

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
 * Opens a connection, as a user where one is named: to the kernel a socket belongs for ever to
 * whoever this process was when it made it.
 */
export function dial(route: Route, userId?: number): Dialling {
  const socket = userId === undefined ? open(route) : as(userId, () => open(route));
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
    family: isIP(to),
    lookup: (_host, _options, answer) => answer(null, to, isIP(to)),
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
