import { randomUUID } from 'node:crypto';
import { connectorVersionHeader, oldestForTunnels, tunnelPath } from '../../protocol/tunnel.js';
import { isAtLeast } from '../../protocol/version.js';
import { type CloudContext, json, refuseCertificate, type Service } from '../service.js';

/** Opens tunnels for connectors that are new enough. */
export function tunnel(context: CloudContext): Service {
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
