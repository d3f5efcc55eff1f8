import type { CloudFault } from '../../model/evidence/vocabulary.js';
import { covers } from '../../model/policy/match-host.js';
import type { Site } from '../../model/site/schema.js';
import { serviceNames } from '../protocol/names.js';
import type { CloudHost } from '../zone.js';
import { addressIn, type Block, blocks } from './blocks.js';
import type { Service } from './service.js';
import { services } from './services.js';

/** Two services say that a host is theirs, or one says it twice. */
export class HostDeclaredTwiceError extends Error {
  override readonly name = 'HostDeclaredTwiceError';
}

/** Every public name of the lab. @throws HostDeclaredTwiceError */
export function cloudZone(site: Site, declared: readonly Service[] = services): CloudHost[] {
  return declaredZone(site, declared).map((host, index) => {
    if (isThrown(site, 'addresses-moved', host)) return { ...host, address: addressIn('moved', index) };
    if (!isThrown(site, 'nearer-region', host)) return host;
    // Names with an alias are balanced by region; a host without one is where it says it is.
    const chain = host.chain.map((alias) => alias.replace('weur', 'neur').replace('am3', 'dub'));
    return { ...host, chain, address: addressIn('nearer', index) };
  });
}

function isThrown(site: Site, fault: CloudFault, { name }: CloudHost): boolean {
  return site.cloud.faults.some((one) => one.fault === fault && covers(one.host, name));
}

/** In the order of addresses. Within a block they are given out in the order of the services. */
function declaredZone(site: Site, declared: readonly Service[]): CloudHost[] {
  const names = serviceNames(site);
  const owners = new Map<string, string>();
  const zone = new Map<Block, CloudHost[]>(blocks.map((block) => [block, []]));
  for (const { name: service, hosts } of declared)
    for (const { name, block, chain = [], ports = [443] } of hosts(names, site)) {
      const owner = owners.get(name);
      if (owner) throw new HostDeclaredTwiceError(`${name} is a host of ${owner} and of ${service}`);
      owners.set(name, service);
      const taken = zone.get(block) ?? [];
      const address = addressIn(block, taken.length);
      taken.push({ name, service, chain: [...chain], ports: [...ports], address });
    }
  return [...zone.values()].flat();
}
