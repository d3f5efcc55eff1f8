import { peekPorts } from '../../../../docker/agent/devices/sni-firewall.js';
import { explain } from '../../../../model/policy/decide.js';
import { flowOf } from '../connection-tracking.js';
import type { ContainersDevice } from './containers-device.js';

/** The part of the edge firewall that reads names: what its rules let in to be looked at is squid's. */
export const sniFirewall: ContainersDevice = {
  device: 'edge-firewall',
  gatewayRules: ({ site }) =>
    site.firewall['names-from'] !== 'sni'
      ? ''
      : `chain peek {
  type nat hook prerouting priority dstnat - 1; policy accept;
  iifname "inside" meta mark 1 tcp dport { 80, 8080 } redirect to :${peekPorts.http}
  iifname "inside" meta mark 1 meta l4proto tcp redirect to :${peekPorts.tls}
}`,
  carriesOn: ({ firewall }) => firewall['names-from'] === 'sni',
  lines: {
    // Let in to be looked at: who looks decides.
    'edge peek': () => undefined,
    named({ name, rule: position }, known, { site }) {
      const flow = { ...flowOf(known), host: name ?? known.event.address, names: name ? [name] : [] };
      const index = position === 'default' ? undefined : position;
      const { action, rule, explanation } = explain(site.firewall, index, flow);
      return {
        decision: { device: 'edge-firewall', action, rule, explanation, byName: true },
        ...(action === 'drop' && {
          end: { result: 'tcp-drop', words: 'no answer after the connection was made' },
        }),
      };
    },
  },
};
