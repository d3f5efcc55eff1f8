import type { ServiceNames } from '../../protocol/names.js';
import { updatePath, updateReplySchema } from '../../protocol/update.js';
import type { Identity } from '../identity.js';
import type { Transport } from '../transport.js';
import type { WindowsHost } from '../windows-host.js';

/** The updater service's question for a newer version; it runs in another account. @throws Failure */
export async function lookForUpdate(
  transport: Transport,
  host: WindowsHost,
  names: ServiceNames,
  identity: Identity,
): Promise<string> {
  const reply = await transport.attempt({
    operation: 'update',
    purpose: 'look for a newer version',
    account: host.updaterAccount,
    stack: 'updater',
    url: new URL(`https://${names.updates}${updatePath}`),
    certificate: identity,
    expects: 'json',
  });
  return updateReplySchema.parse(JSON.parse(reply.body.toString())).version;
}
