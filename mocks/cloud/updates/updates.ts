import { newestConnector } from '../../protocol/update.js';
import { type CloudContext, type Handler, json, refuseCertificate, type Service } from '../service.js';

/**
 * Which version a connector should run: the newest, unless another connector of its group is being
 * updated. Connectors of one group are updated one at a time; the other ones hear of it later.
 */
export const updates: Service = {
  name: 'updates',
  hosts: (names) => [
    { name: names.updates, block: 'connector-service', chain: ['cwap-weur-1.trafficmanager.net'] },
  ],
  clientCertificate: true,
  answer,
};

function answer(context: CloudContext): Handler {
  return (request) => {
    const refused = refuseCertificate(request);
    if (refused) return refused;
    const { connectors, groups, offered } = context.state;
    const asking = connectors.get(request.connectorId ?? '');
    if (!asking) return { status: 403, detail: 'no such connector' };
    const busy = groups
      .membersOf(groups.of(asking))
      .find(({ id, version }) => id !== asking.id && offered.has(id) && offered.get(id) !== version);
    if (!busy) offered.set(asking.id, newestConnector);
    return {
      status: 200,
      headers: json,
      body: JSON.stringify({ version: busy ? asking.version : newestConnector }),
      ...(busy && { detail: `${busy.machineName} is being updated` }),
    };
  };
}
