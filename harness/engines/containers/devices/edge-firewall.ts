import { log } from '../../../../docker/agent/log-prefix.js';
import { decideInbound } from '../../../../model/policy/inbound.js';
import { dscpOf } from './account-mark.js';
import type { ContainersDevice, Present } from './containers-device.js';
import { addressesByName, type Compiled, compile } from './nftables.js';
import { later, opening } from './packets.js';
import { policyFinding } from './policy-finding.js';

/** The edge firewall: the kernel's, for what goes out and what comes from outside. */
export const edgeFirewall: ContainersDevice = {
  device: 'edge-firewall',
  gatewayRules(present) {
    const { site, addresses } = present;
    const { sets, rules } = compileEdge(present);
    const own = [addresses.resolver, addresses.inspectionList];
    const inbound = site.firewall.inbound === 'drop' ? 'drop' : 'accept';
    return `${sets}
chain edge {
  type filter hook prerouting priority mangle; policy accept;
  iifname != "inside" accept
  ip daddr { ${own.join(', ')} } accept
  meta l4proto != tcp ${log({ kind: 'other' })} drop
  ct state established,related accept
  ${later} ${log({ kind: 'gone' })} drop
${rules}
}
chain inbound {
  type filter hook forward priority 0; policy accept;
  iifname "outside" ct state new ${opening} ${log({ kind: 'inbound' })} ${inbound}
  iifname "outside" ct state new,invalid ${later} ${log({ kind: 'gone' })} drop
}`;
  },
  lines: {
    edge: (line, known, { site }) => policyFinding('edge-firewall', site.firewall, line, known),
    inbound({ log }, _, { site }) {
      const decision = { ...decideInbound(site.firewall), log };
      if (decision.action !== 'drop') return { decision };
      return { decision, end: { result: 'tcp-drop', words: decision.explanation } };
    },
    gone: () => ({
      end: { result: 'tcp-drop', words: 'no answer: the connection was forgotten on the way' },
    }),
  },
};

export function compileEdge({ site, addresses }: Present): Compiled {
  return compile(site.firewall, {
    device: 'edge',
    addressOf: addressesByName(site, addresses),
    accountMatch: (account) => `ip dscp ${dscpOf(site, account)}`,
    peeks: site.firewall['names-from'] === 'sni',
  });
}
