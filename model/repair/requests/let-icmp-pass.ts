import type { FlowKind } from '../request.js';

/** Packets of full size pass the line, or whoever sends them is told that they are too big. */
export const letIcmpPass: FlowKind = {
  kind: 'let-icmp-pass',
  of: ({ hop }) =>
    hop.device === 'link' && hop.rule?.startsWith('mtu ') ? { device: 'link', setting: 'mtu' } : undefined,
  grant: (_, { link: { mtu: _mtu, ...link }, ...site }) => ({ ...site, link }),
  words: ({ rules }) =>
    `Let ICMP "fragmentation needed" (type 3, code 4) pass in both directions, or clamp the MSS of TCP at the line: it carries ${rules
      .map((rule) => rule.replace(/^mtu /, ''))
      .join(', ')} bytes.`,
};
