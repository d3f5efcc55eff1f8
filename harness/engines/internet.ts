import { cloudZone } from '../../mocks/cloud/hosts.js';
import type { PublicHost } from '../../model/path/public-host.js';
import type { Site } from '../../model/site/schema.js';

/** Every name of the internet that a lab of this site has, on any engine. */
export function internetHosts(site: Site): PublicHost[] {
  return cloudZone(site).map(({ name, chain, address, ports, service }) => ({
    ...{ name, chain, address, ports, service },
  }));
}
