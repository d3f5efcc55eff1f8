import type { ServiceNames } from '../../protocol/names.js';
import { updatePath, updateReplySchema } from '../../protocol/update.js';
import { placeOf } from '../call.js';
import { readReply } from '../classify.js';
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
  const url = new URL(`https://${names.updates}${updatePath}`);
  const reply = await transport.attempt({
    operation: 'update',
    purpose: 'look for a newer version',
    account: host.updaterAccount,
    stack: 'updater',
    url,
    certificate: identity,
    expects: 'json',
  });
  return readReply(reply, placeOf(url), (text) => updateReplySchema.parse(JSON.parse(text))).version;
}
