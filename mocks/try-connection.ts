import type { Account } from '../model/evidence/vocabulary.js';
import type { Tried } from '../model/scenario/verbs.js';
import { NetworkError, type NetworkStack } from './network.js';

/** Opens a connection to see what becomes of it, and closes it as soon as it stands. */
export async function tryConnection(
  stack: NetworkStack,
  account: Account,
  host: string,
  port: number,
): Promise<Tried> {
  try {
    const { id, socket } = await stack.connect({ host, port, account });
    socket.destroy();
    return { outcome: 'ok', connection: id };
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    const { result, connection } = error;
    return { outcome: result, ...(connection && { connection }) };
  }
}
