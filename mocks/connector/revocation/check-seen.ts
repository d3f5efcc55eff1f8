import type { Account } from '../../../model/evidence/vocabulary.js';
import { Failure } from '../failure.js';
import { Missing } from '../missing.js';
import type { Transport } from '../transport.js';

/**
 * Asks anew for the certificates of every host seen so far, in the service's account.
 * @throws Failure, Missing where nothing was seen yet
 */
export async function checkSeen({ acceptedChains, revocation }: Transport, account: Account): Promise<void> {
  if (acceptedChains.size === 0) throw new Missing('bootstrap');
  revocation.forget();
  let first: Failure | undefined;
  for (const chain of acceptedChains.values()) {
    const found = await revocation.checkChain(chain, account);
    if (found.state === 'revoked') throw new Failure('tls-revoked', found.reason);
    if (found.state === 'offline') first ??= found.failure;
  }
  if (first) throw first;
}
