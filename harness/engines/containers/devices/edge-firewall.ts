import { log } from '../../../../docker/agent/log-prefix.js';
import { decideInbound } from '../../../../model/policy/inbound.js';
import { unknowing } from '../../../../model/policy/known-names.js';
import { addressPlan } from '../../../../model/site/address-plan.js';
import { edgeFirewalls } from '../../../../model/site/edge-firewalls.js';
import type { Firewall } from '../../../../model/site/schema.js';
import { flowOf } from '../connection-tracking.js';
import { dscpOf } from './account-mark.js';
import type { ContainersDevice, Finding, Present } from './containers-device.js';
import { addressesByName, type Compiled, compile } from './nftables.js';
import { later, opening, packetsOfIpv6 } from './packets.js';
import { policyFinding } from './policy-finding.js';

/** The firewalls at the edge: the kernel's, for what goes out and what comes from outside. */
export const edgeFirewall: ContainersDevice = {
  device: 'edge-firewall',
  gatewayRules(present) {
    const { site, addresses } = present;
    const own = [addresses.resolver, addressPlan.ownResolvers, addresses.inspectionList];
    const inbound = decideInbound(site).action === 'drop' ? 'drop' : 'accept';
    // What one of them accepts is asked of the next: the kernel's chains stand one behind the other.
    const chains = compileEdges(present).map(
      ({ sets, rules }, place) => `${sets}
chain edge${place === 0 ? '' : place + 1} {
  type filter hook prerouting priority mangle + ${place}; policy accept;
  iifname != "inside" accept
  ${packetsOfIpv6(site)}
  ip daddr { ${own.join(', ')} } accept
  meta l4proto != tcp ${log({ kind: 'other' })} drop
  ct state established,related accept
  ${later} ${log({ kind: 'gone' })} drop
${rules}
}`,
    );
    return `${chains.join('\n')}
chain inbound {
  type filter hook forward priority 0; policy accept;
  iifname "outside" ct state new ${opening} ${log({ kind: 'inbound' })} ${inbound}
  iifname "outside" ct state new,invalid ${later} ${log({ kind: 'gone' })} drop
}`;
  },
  lines: {
    edge(line, known, { site }): Finding {
      const firewall = edgeFirewalls(site)[line.place ?? 0] ?? site.firewall;
      const finding = policyFinding('edge-firewall', firewall, line, known);
      if (!finding.decision) return finding;
      const unknown = unknowing(firewall, flowOf(known), line.rule === 'default' ? undefined : line.rule);
      if (unknown) finding.decision.explanation += `; ${unknown.words}`;
      // One before it lets the connection stand, asks those behind at once, and then reads its name.
      const isStanding = known.heard.has('edge peek') && !known.heard.has('named');
      return { ...finding, ...(isStanding && !finding.end && { after: ['named'] }) };
    },
    inbound({ log }, _, { site }) {
      const decision = { ...decideInbound(site), log };
      if (decision.action !== 'drop') return { decision };
      return { decision, end: { result: 'tcp-drop', words: decision.explanation } };
    },
    gone: () => ({
      end: { result: 'tcp-drop', words: 'no answer: the connection was forgotten on the way' },
    }),
  },
};

/** Each firewall of the edge for the kernel, in the order of the way. */
export function compileEdges({ site, addresses }: Present): (Compiled & { firewall: Firewall })[] {
  return edgeFirewalls(site).map((firewall, place) => ({
    firewall,
    ...compile(firewall, {
      ...{ device: 'edge', place, addressOf: addressesByName(site, addresses) },
      accountMatch: (account) => `ip dscp ${dscpOf(site, account)}`,
      peeks: ({ layer }) => firewall['names-from'] === 'sni' || layer !== undefined,
      otherAnswers: firewall['other-answers'],
    }),
  }));
}
