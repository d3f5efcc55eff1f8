import type { Account } from '../model/evidence/vocabulary.js';
import { NetworkError, type NetworkStack } from './network.js';

/** Asks for a name to see what is answered: the answer, or that there is none, is in the stack's evidence. */
export async function tryName(stack: NetworkStack, account: Account, name: string): Promise<void> {
  try {
    await stack.resolve(name, { account });
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
  }
}
