import { withEdgeFirewalls } from '../../site/edge-firewalls.js';
import type { FlowKind } from '../request.js';
import { list } from './rules.js';

/** A firewall learns the addresses that servers are told, and keeps what it has learned. */
export const learnNames: FlowKind = {
  kind: 'learn-names',
  of: ({ hop }) =>
    hop.unknowing && hop.result !== undefined
      ? {
          device: 'edge-firewall',
          setting: hop.unknowing,
          ...(hop.firewall !== undefined && { firewall: hop.firewall }),
        }
      : undefined,
  grant: ({ firewall: name, setting }, site) =>
    withEdgeFirewalls(
      site,
      (firewall) => {
        if (setting === 'other-answers') return { ...firewall, 'other-answers': [] };
        const { 'names-lost-for': _, ...others } = firewall;
        return others;
      },
      name,
    ),
  words: ({ firewall, setting, targets, servers }) => {
    const which = firewall === undefined ? 'the edge firewall' : `the firewall "${firewall}"`;
    return setting === 'other-answers'
      ? `Let ${which} and ${servers.join(', ')} ask the same resolver, so that it knows the addresses of ${list(targets)}.`
      : `Let ${which} keep the names that it has learned over a restart, and clear the DNS caches of ${servers.join(', ')} after one (ipconfig /flushdns).`;
  },
};
