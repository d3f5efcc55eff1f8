import { type EdgeFirewalls, edgeFirewalls } from '../site/edge-firewalls.js';
import type { Firewall } from '../site/schema.js';
import { namedBy } from './rule-name.js';

/** What the edge does with a connection that somebody outside begins; the last firewall meets it first. */
export function decideInbound(site: EdgeFirewalls) {
  const met = edgeFirewalls(site).toReversed();
  const firewall: Firewall = met.find((one) => one.inbound === 'drop') ?? met[0] ?? site.firewall;
  const { inbound } = firewall;
  const explanation = {
    drop: 'nothing from outside is let in',
    allow: 'packets from outside are let in',
  }[inbound];
  return {
    device: 'edge-firewall',
    action: inbound,
    rule: namedBy(firewall, `inbound ${inbound}`),
    explanation,
  } as const;
}
