import { randomUUID } from 'node:crypto';
import { prerequisites } from '../../../model/requirements/prerequisites.js';
import { isAtLeast } from '../../../model/site/version.js';
import { connectorVersionHeader, tunnelPath } from '../../protocol/tunnel.js';
import { type CloudContext, type Handler, json, refuseCertificate, type Service } from '../service.js';
import { tunnelsOf } from './tunnels.js';

const oldestForTunnels = prerequisites.connectorForPrivateAccess;

/** Opens tunnels for connectors that are new enough. */
export const tunnel: Service = {
  name: 'tunnel',
  hosts: (names) => [
    { name: names.tunnel, block: 'connector-service', chain: ['cwap-weur-1.cloudapp.azure.com'] },
  ],
  clientCertificate: true,
  http2: (context) => {
    const tunnels = tunnelsOf(context);
    return (stream, headers, request) => tunnels.accept(stream, headers, request);
  },
  answer,
};

function answer(context: CloudContext): Handler {
  return (request) => {
    if (request.url.pathname !== tunnelPath) return { status: 404 };
    const refused = refuseCertificate(request);
    if (refused) return refused;
    const version = String(request.headers[connectorVersionHeader] ?? '');
    if (/^\d+(\.\d+)*$/.test(version) && isAtLeast(version, oldestForTunnels)) {
      const carries = context.site()['private-access'] !== undefined;
      return { status: 200, headers: json, body: JSON.stringify({ tunnel: randomUUID(), carries }) };
    }
    const detail = `connector ${version || 'without a version'}, needs ${oldestForTunnels} or later`;
    return { status: 426, headers: json, body: JSON.stringify({ error: detail }), detail };
  };
}
