import { log } from '../../../../docker/agent/log-prefix.js';
import { firstToForget } from '../../../../model/policy/idle.js';
import { ipv6Decision, linkDecision, tooBigDecision } from '../../../../model/policy/link.js';
import { ipv6Network } from '../../../../model/site/address-plan.js';
import { linkRules } from '../../../../model/site/link-rules.js';
import type { Link, Site } from '../../../../model/site/schema.js';
import type { ContainersDevice, Finding } from './containers-device.js';
import { opening } from './packets.js';

/** The link: rules that lose packets and tell what is held back; the gateway's programs do the rest. */
export const link: ContainersDevice = {
  device: 'link',
  gatewayRules({ site }) {
    const rules = linkRules(site.link);
    // Of everything there is no share to draw.
    const drawn =
      site.link.loss < 1 ? `numgen random mod 1000000 < ${Math.round(site.link.loss * 1e6)} ` : '';
    const lost = `meta l4proto tcp ${drawn}${log({ kind: 'link lost' })} drop`;
    const { mtu } = site.link;
    const narrow =
      mtu === undefined ? '' : `meta l4proto tcp meta length > ${mtu} ${log({ kind: 'link narrow' })} drop`;
    const ports = site.link['nat-ports'];
    const full = `add @natports { ip daddr . tcp dport ct count over ${ports} }`;
    return `${ports === undefined ? '' : 'set natports { type ipv4_addr . inet_service; size 65535; flags dynamic; }'}
chain sent {
  type filter hook postrouting priority 200; policy accept;
  oifname != "outside" accept
  ${ports === undefined ? '' : `${opening} ${full} ${log({ kind: 'nat full' })} drop`}
  ${rules.delay ? `${opening} ${log({ kind: 'link delay' })}` : ''}
  ${narrow}
  ${rules.loss ? lost : ''}
}
chain received {
  type filter hook prerouting priority raw; policy accept;
  ${narrow === '' ? '' : `iifname "outside" ${narrow}`}
  ${rules.loss ? `iifname "outside" ${lost}` : ''}
}
${deadIpv6(site.link)}`;
  },
  lines: {
    'link ipv6'(line, { event: { host } }, { site: { link } }) {
      const decision = ipv6Decision(link, host);
      if (!decision) return undefined;
      const result = link.ipv6 === 'silent' ? 'tcp-drop' : 'tcp-reject';
      return {
        decision: { ...decision, log: line.log },
        passedOver: { result, words: decision.explanation },
      };
    },
    'link delay': (_, __, { site }) => finding(site.link, 'delay'),
    'nat full'(_, __, { site }) {
      const found = finding(site.link, 'drop');
      return found && { ...found, end: { result: 'tcp-drop', words: 'no answer: no port was free' } };
    },
    'link narrow'(_, __, { site }) {
      const decision = tooBigDecision(site.link);
      if (!decision) return undefined;
      return { decision, end: { result: 'tcp-drop', words: 'no answer: a packet was too big for the line' } };
    },
    expired: (_, __, { site }) => expiry(site),
    'link lost'(_, __, { site }) {
      const found = finding(site.link, 'lose');
      if (site.link.loss < 1) return found;
      return { ...found, end: { result: 'tcp-drop', words: 'no answer: the link loses everything' } };
    },
  },
};

/**
 * The way of IPv6 ends here. Nothing of it goes on: not to the firewalls, which are those of IPv4, nor to any
 * machine behind.
 */
function deadIpv6({ ipv6 }: Link): string {
  if (ipv6 === undefined) return '';
  return `chain ipv6 {
  type filter hook prerouting priority raw; policy accept;
  meta nfproto != ipv6 accept
  icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept
  iifname "inside" ip6 daddr ${ipv6Network} ${opening} ${log({ kind: 'link ipv6' })} ${ipv6 === 'silent' ? 'drop' : 'reject with tcp reset'}
  drop
}`;
}

function finding(settings: Link, what: 'delay' | 'lose' | 'drop'): Finding | undefined {
  const decision = linkDecision(settings, what);
  return decision && { decision };
}

/** The gateway's table of states forgets for all devices that do so. */
function expiry(site: Site): Finding | undefined {
  const first = firstToForget(site);
  return first && { decision: first.expires };
}
