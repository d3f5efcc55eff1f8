import { durationText } from '../site/duration.js';
import { edgeFirewalls } from '../site/edge-firewalls.js';
import type { Firewall, Site } from '../site/schema.js';
import { linkDecision } from './link.js';
import { namedBy } from './rule-name.js';

/** A device that forgets connections without traffic. */
export interface IdleTimer {
  /** After so long, in milliseconds. */
  ms: number;
  /** Which firewall, where several stand at the edge. */
  firewall?: string;
  /** That it forgot a connection, in the words of the evidence. */
  expires: { device: 'edge-firewall' | 'link'; action: 'expire'; rule: string; explanation: string };
}

/** Every device of a site that forgets idle connections, in path order. */
export function idleTimers(site: Pick<Site, 'firewall' | 'firewalls' | 'link'>): IdleTimer[] {
  const { link } = site;
  const atEnd = linkDecision(link, 'expire');
  return [
    ...edgeFirewalls(site).flatMap(ofFirewall),
    ...(atEnd && link['idle-timeout'] !== undefined
      ? [{ ms: link['idle-timeout'], expires: { ...atEnd, action: 'expire' as const } }]
      : []),
  ];
}

/** Of several that forget the first to do so: nobody lives to see the others. */
export function firstToForget(site: Pick<Site, 'firewall' | 'firewalls' | 'link'>): IdleTimer | undefined {
  return idleTimers(site).reduce<IdleTimer | undefined>(
    (first, one) => (first === undefined || one.ms < first.ms ? one : first),
    undefined,
  );
}

function ofFirewall(firewall: Firewall): IdleTimer[] {
  const { name, 'idle-timeout': ms } = firewall;
  if (ms === undefined) return [];
  const rule = namedBy(firewall, `idle-timeout ${durationText(ms)}`);
  const explanation = `no traffic for ${ms / 1000} s, so the connection was forgotten`;
  return [
    {
      ...{ ms, expires: { device: 'edge-firewall', action: 'expire', rule, explanation } },
      ...(name !== undefined && { firewall: name }),
    },
  ];
}
