import type { Site } from '../../site/schema.js';
import type { SettingKind } from '../request.js';

/** Address translation has a port for every connection that the connectors may open to one place at once. */
export const addNatPorts: SettingKind = {
  kind: 'add-nat-ports',
  stops: (site) => {
    const ports = site.link['nat-ports'];
    if (ports === undefined || ports >= needed(site)) return [];
    return [
      {
        ...{ device: 'link', setting: 'nat-ports', rule: `nat-ports ${ports}` },
        explanation: `each connector opens up to ${site.cloud['connection-limit']} connections at once; to one place address translation carries ${ports}, and one more gets no answer`,
        operation: 'deliver',
        requirements: ['hidden/nat-ports'],
      },
    ];
  },
  grant: (_, site) => ({ ...site, link: { ...site.link, 'nat-ports': needed(site) } }),
  words: ({ servers }) =>
    `Give address translation (NAT) as many ports for one destination as the connectors of ${servers.join(', ')} open connections at once: 200 each, where the service says nothing else.`,
};

function needed({ servers, cloud }: Site): number {
  return servers.length * cloud['connection-limit'];
}
