import type { Asker, Dialer, NetworkStack } from '../network.js';

/** Connections from a machine of a lab in this process, as an account where one is named. */
export function dialerOf(stack: NetworkStack, as: Asker = {}): Dialer {
  return async (host, port) => (await stack.connect({ host, port, ...as })).socket;
}
