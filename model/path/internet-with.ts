import { hostsAskedOf } from '../requirements/documented-hosts.js';
import { isAddress } from '../site/address-range.js';
import { siteAddresses } from '../site/addresses.js';
import { canonical } from '../site/host-name.js';
import type { Site } from '../site/schema.js';
import { Names } from './names.js';
import { namesBelow } from './names-below.js';
import { type Internet, withHost } from './public-host.js';

/**
 * The internet in which a host is there, whoever names it: the service has more names than the lab, and one
 * below a documented suffix is taken to live where others of its row do. `made`: that it is such a one.
 * Undefined: neither the page nor the site knows the host, so that nothing can be said of it.
 */
export function internetWith(
  host: string,
  site: Site,
  internet: Internet,
): { internet: Internet; made: boolean } | undefined {
  const name = canonical(host);
  const isKnown =
    isAddress(name) ||
    name === 'localhost' ||
    site.servers.some(({ hosts }) => Object.keys(hosts).some((one) => canonical(one) === name)) ||
    new Names(site, siteAddresses(site)).truth(host, internet).address !== undefined;
  if (isKnown) return { internet, made: false };
  const [made] = hostsAskedOf(site)
    .filter(({ match }) => match === 'suffix')
    .flatMap((row) => namesBelow(row, [name], internet).filter((one) => one.name === name));
  return made && { internet: withHost(internet, made), made: true };
}
