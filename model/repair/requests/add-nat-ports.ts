import type { Site } from '../../site/schema.js';
import type { SettingKind } from '../request.js';

/** Connections that one connector opens at once, at most (connector-facts 1.4). */
export const mostConnections = 200;

/** Address translation has a port for every connection that the connectors may open to one place at once. */
export const addNatPorts: SettingKind = {
  kind: 'add-nat-ports',
  stops: (site) => {
    const ports = site.link['nat-ports'];
    if (ports === undefined || ports >= needed(site)) return [];
    return [
      {
        ...{ device: 'link', setting: 'nat-ports', rule: `nat-ports ${ports}` },
        explanation: `each connector opens up to ${mostConnections} connections at once; to one place address translation carries ${ports}, and one more gets no answer`,
        operation: 'deliver',
        requirements: ['hidden/nat-ports'],
      },
    ];
  },
  grant: (_, site) => ({ ...site, link: { ...site.link, 'nat-ports': needed(site) } }),
  words: ({ servers }) =>
    `Give address translation (NAT) at least ${servers.length * mostConnections} ports for the connections of ${servers.join(', ')} to one destination.`,
};

function needed({ servers }: Site): number {
  return servers.length * mostConnections;
}
