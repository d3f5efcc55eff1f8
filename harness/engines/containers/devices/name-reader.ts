import { edgeFirewalls, readsNames } from '../../../../model/site/edge-firewalls.js';
import type { Firewall, Site } from '../../../../model/site/schema.js';

/** The firewall at the edge that reads names; on real machines there is one at most. */
export function nameReader(site: Site): Firewall | undefined {
  return edgeFirewalls(site).find(readsNames);
}
