import type { Asker, NetworkStack } from '../../../mocks/network.js';
import type { Entrance } from '../loopback-proxy.js';

/** Connections from a machine of a lab in this process, as an account where one is named. */
export function entranceOf(stack: NetworkStack, as: Asker = {}): Entrance {
  return async (host, port) => (await stack.connect({ host, port, ...as })).socket;
}
