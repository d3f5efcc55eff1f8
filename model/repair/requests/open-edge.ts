import type { FlowKind } from '../request.js';
import { list, openings, placeOfProxy } from './rules.js';

/** The firewall at the edge lets documented hosts through. */
export const openEdge: FlowKind = {
  kind: 'open-edge',
  // The proxy's own traffic is nobody's in particular: no server is named for it.
  of: ({ hop, target }, { proxy }) =>
    hop.device === 'edge-firewall'
      ? {
          device: 'edge-firewall',
          ...(hop.from === 'proxy' && { server: 'proxy' }),
          targets: [hop.result === 'proxy-unreachable' && proxy ? placeOfProxy(proxy) : target],
        }
      : undefined,
  grant: (request, site) => ({
    ...site,
    firewall: { ...site.firewall, rules: [...openings(request), ...site.firewall.rules] },
  }),
  words: ({ targets, servers, server }) =>
    `Open ${list(targets)} at the edge firewall, outbound, from ${server ?? servers.join(', ')}.`,
};
