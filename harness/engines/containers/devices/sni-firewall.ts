import { peekPorts } from '../../../../docker/agent/devices/sni-firewall.js';
import { explain } from '../../../../model/policy/decide.js';
import { edgeFirewalls, readsNames } from '../../../../model/site/edge-firewalls.js';
import type { Firewall, Site } from '../../../../model/site/schema.js';
import { flowOf } from '../connection-tracking.js';
import type { ContainersDevice } from './containers-device.js';

/** The firewall at the edge that reads names; on real machines there is one at most. */
export function nameReader(site: Site): Firewall | undefined {
  return edgeFirewalls(site).find(readsNames);
}

/** The part of an edge firewall that reads names: what its rules let in to be looked at is squid's. */
export const sniFirewall: ContainersDevice = {
  device: 'edge-firewall',
  gatewayRules: ({ site }) =>
    nameReader(site) === undefined
      ? ''
      : `chain peek {
  type nat hook prerouting priority dstnat - 1; policy accept;
  iifname "inside" meta mark 1 tcp dport { 80, 8080 } redirect to :${peekPorts.http}
  iifname "inside" meta mark 1 meta l4proto tcp redirect to :${peekPorts.tls}
}`,
  carriesOn: (site) => nameReader(site) !== undefined,
  lines: {
    // Let in to be looked at: who looks decides.
    'edge peek': () => undefined,
    named({ name, rule: position }, known, { site }) {
      const flow = { ...flowOf(known), host: name ?? known.event.address, names: name ? [name] : [] };
      const index = position === 'default' ? undefined : position;
      const { action, rule, explanation } = explain(nameReader(site) ?? site.firewall, index, flow);
      return {
        decision: { device: 'edge-firewall', action, rule, explanation, byName: true },
        ...(action === 'drop' && {
          end: { result: 'tcp-drop', words: 'no answer after the connection was made' },
        }),
      };
    },
  },
};
