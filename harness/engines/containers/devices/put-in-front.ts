import { squidUser } from '../../../../docker/agent/squid-process.js';
import type { Site } from '../../../../model/site/schema.js';
import { nameReader } from './name-reader.js';
import { outward } from './packets.js';

/** What squid, which reads names for a firewall at the edge, opens to carry connections on. */
export const ofNameReader = `meta skuid ${squidUser}`;

/**
 * Chains by which the kernel hands connections to a device of the gateway: what comes from inside, and, where a
 * firewall before it reads names, what that one carries on.
 */
export function putInFront(
  site: Site,
  { chain, of, port }: { chain: string; of: string; port: number },
): string {
  const carriedOn = `chain ${chain}_carried_on {
  type nat hook output priority -100; policy accept;
  ${outward} ${ofNameReader} ${of} redirect to :${port}
}`;
  return `chain ${chain} {
  type nat hook prerouting priority dstnat; policy accept;
  iifname "inside" ${of} redirect to :${port}
}${nameReader(site) ? `\n${carriedOn}` : ''}`;
}
