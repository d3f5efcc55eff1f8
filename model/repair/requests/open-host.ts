import type { FlowKind } from '../request.js';
import { list, openings, placeOfProxy, withServer } from './rules.js';

/** A server's own firewall lets something through. */
export const openHost: FlowKind = {
  kind: 'open-host',
  of: ({ hop, way, target }, { proxy }) =>
    hop.device === 'host-firewall'
      ? {
          ...{ device: 'host-firewall', server: way.flow.server },
          targets: [hop.result === 'proxy-unreachable' && proxy ? placeOfProxy(proxy) : target],
        }
      : undefined,
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
