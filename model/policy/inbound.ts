import type { Firewall } from '../site/schema.js';

/** What an edge firewall does with a connection that somebody outside begins. */
export function decideInbound({ inbound }: Pick<Firewall, 'inbound'>) {
  const explanation = {
    drop: 'nothing from outside is let in',
    allow: 'packets from outside are let in',
  }[inbound];
  return { device: 'edge-firewall', action: inbound, rule: `inbound ${inbound}`, explanation } as const;
}
