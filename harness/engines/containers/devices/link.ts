import { log } from '../../../../docker/agent/log-prefix.js';
import { firstToForget } from '../../../../model/policy/idle.js';
import { linkDecision, tooBigDecision } from '../../../../model/policy/link.js';
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
}`;
  },
  lines: {
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

function finding(settings: Link, what: 'delay' | 'lose' | 'drop'): Finding | undefined {
  const decision = linkDecision(settings, what);
  return decision && { decision };
}

/** The gateway's table of states forgets for all devices that do so. */
function expiry(site: Site): Finding | undefined {
  const first = firstToForget(site);
  return first && { decision: first.expires };
}
