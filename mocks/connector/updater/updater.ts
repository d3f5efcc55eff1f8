import { isAtLeast } from '../../../model/site/version.js';
import type { NetworkStack } from '../../network.js';
import { updatePath, updateReplySchema } from '../../protocol/update.js';
import { placeOf } from '../call.js';
import { readReply } from '../classify.js';
import type { Identity } from '../identity.js';
import { compare } from '../installer/prerequisites.js';
import type { Transport } from '../transport.js';
import type { WindowsHost } from '../windows-host.js';

/**
 * The updater service looks for a newer version and installs it; it runs in another account. Returns
 * what it has installed. @throws Failure
 */
export async function lookForUpdate(
  stack: NetworkStack,
  transport: Transport,
  host: WindowsHost,
  identity: Identity,
): Promise<string | undefined> {
  const isShared = host.server['password-protection-proxy'];
  compare(
    stack,
    'no-password-protection-proxy',
    isShared ? 'the updater of Password Protection' : "the connector's own updater",
    "the connector's own updater",
    !isShared,
  );
  const url = new URL(`https://${host.names.updates}${updatePath}`);
  const reply = await transport.attempt({
    operation: 'update',
    purpose: 'look for a newer version',
    account: host.updaterAccount,
    stack: 'updater',
    url,
    certificate: identity,
    expects: 'json',
  });
  const present = host.server.connector;
  const { version } = readReply(reply, placeOf(url), (text) => updateReplySchema.parse(JSON.parse(text)));
  if (isAtLeast(present, version)) return undefined;
  stack.emit({
    kind: 'windows-log',
    channel: 'Microsoft-AadApplicationProxy-Updater/Admin',
    level: 'information',
    text: `The connector was updated from ${present} to ${version}.`,
  });
  return version;
}
