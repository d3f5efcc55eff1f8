import type { ServiceNames } from '../../protocol/names.js';
import { connectorVersionHeader, tunnelPath, tunnelReplySchema } from '../../protocol/tunnel.js';
import { placeOf } from '../call.js';
import { readReply } from '../classify.js';
import type { Identity } from '../identity.js';
import type { Transport } from '../transport.js';
import type { WindowsHost } from '../windows-host.js';

/** Opens a tunnel for Private Access traffic. @throws Failure */
export async function openTunnel(
  transport: Transport,
  host: WindowsHost,
  names: ServiceNames,
  identity: Identity,
): Promise<void> {
  const url = new URL(`https://${names.tunnel}${tunnelPath}`);
  const reply = await transport.attempt({
    operation: 'tunnel',
    purpose: 'open a tunnel for Private Access',
    account: host.connectorAccount,
    stack: 'service',
    url,
    method: 'POST',
    headers: { [connectorVersionHeader]: host.server.connector },
    certificate: identity,
    expects: 'json',
  });
  readReply(reply, placeOf(url), (text) => tunnelReplySchema.parse(JSON.parse(text)));
}
