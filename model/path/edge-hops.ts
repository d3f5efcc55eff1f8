import { decideAtEdge } from '../policy/decide-by-name.js';
import type { Flow } from '../policy/flow.js';
import { decideSynProxy } from '../policy/syn-proxy.js';
import type { SiteAddresses } from '../site/addresses.js';
import type { Site } from '../site/schema.js';
import { firewallHop } from './firewall-hop.js';
import type { HopOptions, Sender } from './sender.js';
import type { Hop } from './way.js';

/** What the edge firewall makes of a flow. */
export function edgeHop(
  { firewall }: Site,
  { machine }: Sender,
  flow: Flow,
  addresses: SiteAddresses,
  options: HopOptions,
): Hop {
  const seen = firewall['names-from'] === 'dns' ? flow : { ...flow, names: [flow.host] };
  const decision = decideAtEdge(firewall, flow);
  return firewallHop(
    { device: 'edge-firewall', machine, policy: firewall },
    seen,
    decision,
    addresses,
    options,
  );
}

/** What answers connections itself reads the ClientHello: what it lets through is said about the name. */
export function synProxyHops(site: Site, { machine }: Sender, { host, port }: Flow): Hop[] {
  const settings = site['syn-proxy'];
  if (!settings || port !== 443) return [];
  const { action, rule, explanation } = decideSynProxy(settings, host);
  return [
    {
      ...{ device: 'syn-proxy', from: machine, action, rule, explanation },
      ...(action === 'reset' && { result: 'sni-block' as const }),
    },
  ];
}

/** A line that loses every packet; one that loses some is slow and no more. */
export function linkHops({ link }: Site, { machine }: Sender): Hop[] {
  if (link.loss < 1) return [];
  return [
    {
      ...{ device: 'link', from: machine, action: 'lose', rule: 'loss 100%' },
      explanation: 'the link loses every packet',
      result: 'tcp-drop',
    },
  ];
}
