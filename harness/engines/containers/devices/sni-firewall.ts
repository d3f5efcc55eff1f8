import { clearPorts, peekPorts, peekPortsOf } from '../../../../docker/agent/devices/sni-firewall.js';
import { type Decision, explain } from '../../../../model/policy/decide.js';
import { flowOf } from '../connection-tracking.js';
import { accountsNamed, dscpOf } from './account-mark.js';
import type { ContainersDevice, Finding } from './containers-device.js';
import { nameReader } from './name-reader.js';
import { ofNameReader } from './put-in-front.js';

/** The part of an edge firewall that reads names: what its rules let in to be looked at is squid's. */
export const sniFirewall: ContainersDevice = {
  device: 'edge-firewall',
  gatewayRules({ site }) {
    const reader = nameReader(site);
    if (reader === undefined) return '';
    const handedOver = ({ http, tls }: { http: number; tls: number }, of: string) =>
      `iifname "inside" meta mark 1 ${of}tcp dport { ${clearPorts.join(', ')} } redirect to :${http}
  iifname "inside" meta mark 1 ${of}meta l4proto tcp redirect to :${tls}`;
    const accounts = accountsNamed(reader).map((account) => dscpOf(site, account));
    return `chain peek {
  type nat hook prerouting priority dstnat - 1; policy accept;
  ${[...accounts.map((mark) => handedOver(peekPortsOf(mark), `ip dscp ${mark} `)), handedOver(peekPorts, '')].join('\n  ')}
}`;
  },
  carriesOn: (site) => (nameReader(site) === undefined ? undefined : ofNameReader),
  lines: {
    // Let in to be looked at: who looks decides.
    'edge peek': () => undefined,
    named({ name, rule: position }, known, { site }) {
      const flow = { ...flowOf(known), host: name ?? known.event.address, names: name ? [name] : [] };
      const index = position === 'default' ? undefined : position;
      const { action, rule, explanation } = explain(nameReader(site) ?? site.firewall, index, flow);
      return {
        decision: { device: 'edge-firewall', action, rule, explanation, byName: true },
        ...endOf(action, known.event.port),
      };
    },
  },
};

/** How a connection ends that squid does not end itself. */
function endOf(action: Decision['action'], port: number): Pick<Finding, 'end'> {
  if (action === 'allow') return {};
  if (action === 'drop')
    return { end: { result: 'tcp-drop', words: 'no answer after the connection was made' } };
  return clearPorts.includes(port) ? { end: { result: 'tcp-reset', words: 'the connection was reset' } } : {};
}
