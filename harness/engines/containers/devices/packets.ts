import type { Site } from '../../../../model/site/schema.js';

/** Only the first packet of a connection is decided about; the others belong to a state. */
export const opening = 'tcp flags & (syn | ack) == syn';
export const later = 'tcp flags & (syn | ack) != syn';

/** From the gateway to the internet, also where a program there holds packets back for the link's round trip. */
export const outward = 'oifname { "outside", "link" }';

/** A site's firewalls judge IPv4: its dead way of IPv6 is the link's. */
export function packetsOfIpv6({ link }: Site): string {
  return link.ipv6 ? 'meta nfproto ipv6 accept' : '';
}
