import { decideAtEdge } from '../policy/decide-by-name.js';
import type { Flow } from '../policy/flow.js';
import { asLearned, unknowing } from '../policy/known-names.js';
import { ipv6Decision, tooBigDecision } from '../policy/link.js';
import { decideSynProxy } from '../policy/syn-proxy.js';
import type { SiteAddresses } from '../site/addresses.js';
import { edgeFirewalls } from '../site/edge-firewalls.js';
import type { Site } from '../site/schema.js';
import { firewallHop } from './firewall-hop.js';
import type { WantedFlow } from './flow.js';
import type { HopOptions, Sender } from './sender.js';
import type { Hop } from './way.js';

/** What each firewall at the edge makes of a flow, as if those before it had let it pass. */
export function edgeHops(
  site: Site,
  { machine }: Sender,
  flow: Flow,
  addresses: SiteAddresses,
  options: HopOptions,
): Hop[] {
  return edgeFirewalls(site).map((firewall): Hop => {
    const learned = asLearned(firewall, flow);
    const decision = decideAtEdge(firewall, learned);
    const seen = firewall['names-from'] === 'dns' ? learned : { ...flow, names: [flow.host] };
    const own = { device: 'edge-firewall', machine, policy: firewall } as const;
    const hop = firewallHop(own, seen, decision, addresses, options);
    const named = firewall.name === undefined ? hop : { ...hop, firewall: firewall.name };
    const unknown = unknowing(firewall, flow, decision.index);
    if (!unknown) return named;
    const explanation = `${hop.explanation}; ${unknown.words}`;
    const near = options.nearest && hop.result !== undefined && { near: unknown.near };
    return { ...named, explanation, unknowing: unknown.kind, ...near };
  });
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

/** A dead way of IPv6, which a server tries before that of IPv4. */
export function ipv6Hops({ link }: Site, { machine }: Sender, host: string): Hop[] {
  const decision = ipv6Decision(link, host);
  const passedOver = link.ipv6 === 'silent' ? 'tcp-drop' : 'tcp-reject';
  return decision ? [{ ...decision, from: machine, passedOver }] : [];
}

/**
 * A line that is too narrow for full packets: the certificates of a TLS handshake need some, small requests
 * in the clear do not. Who speaks too old TLS is refused before.
 */
export function narrowHops(
  { link, servers }: Site,
  { machine }: Sender,
  { server, port }: WantedFlow,
): Hop[] {
  const decision = tooBigDecision(link);
  const isOld = servers.some(({ name, tls }) => name === server && tls !== '1.2');
  return decision && port === 443 && !isOld ? [{ ...decision, from: machine, result: 'tcp-drop' }] : [];
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
