import type { FlowKind } from '../request.js';
import { list, openings, withServer } from './rules.js';

/** A server's own firewall lets something through. */
export const openHost: FlowKind = {
  kind: 'open-host',
  of: ({ hop, way }) =>
    hop.device === 'host-firewall' ? { device: 'host-firewall', server: way.flow.server } : undefined,
  grant: (request, site) =>
    withServer(site, request.server, (server) => ({
      ...server,
      'host-firewall': {
        ...server['host-firewall'],
        rules: [...openings(request), ...server['host-firewall'].rules],
      },
    })),
  words: ({ targets, server }) => `Open ${list(targets)} on the host firewall of ${server}, outbound.`,
};
