import { linkRules } from '../site/link-rules.js';
import type { Link } from '../site/schema.js';

/** The link is too narrow for a packet, and nobody is told, in the words of the evidence; undefined: it carries all. */
export function tooBigDecision({ mtu }: Link) {
  if (mtu === undefined) return undefined;
  return {
    device: 'link',
    action: 'drop',
    rule: `mtu ${mtu}`,
    explanation: `packets of more than ${mtu} bytes vanish, and ICMP, which would say so, is blocked`,
  } as const;
}

/**
 * The address of IPv6 that a public name has as well was tried first, and its way is dead: the connection
 * was held back, in the words of the evidence; undefined: servers have no IPv6.
 */
export function ipv6Decision({ ipv6 }: Link, host: string) {
  if (ipv6 === undefined) return undefined;
  const what = ipv6 === 'silent' ? 'nobody answers there' : 'it is refused there';
  return {
    device: 'link',
    action: 'delay',
    rule: `ipv6 ${ipv6}`,
    explanation: `${host} has an address of IPv6, too, which is tried first, and ${what}`,
  } as const;
}

/** The link did something to a connection, in the words of the evidence; undefined: it is not set to. */
export function linkDecision(link: Link, what: 'delay' | 'lose' | 'expire' | 'drop') {
  const { delay, loss, idle, nat } = linkRules(link);
  const idleSeconds = (link['idle-timeout'] ?? 0) / 1000;
  const [rule, explanation] = {
    delay: [delay, 'packets take their time on the way'],
    lose: [loss, 'a packet of it was lost on the way, and had to be sent again'],
    drop: [nat, `as many connections as it has ports (${link['nat-ports']}) go to the same place already`],
    expire: [idle, `no traffic for ${idleSeconds} s, so the connection was forgotten`],
  }[what];
  return rule === undefined || explanation === undefined
    ? undefined
    : ({ device: 'link', action: what, rule, explanation } as const);
}
