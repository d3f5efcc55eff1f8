import { isAddress } from './address-range.js';
import { canonical } from './host-name.js';
import type { Site } from './schema.js';

/** Whether a name has one label, so that it resolves with a suffix only. `localhost` needs none. */
export function isShort(host: string): boolean {
  const name = canonical(host);
  return !/[.:*/]/.test(name) && name !== 'localhost' && !isAddress(name);
}

/**
 * The name that the site's resolver has for a host: of a short one the name of a zone that begins with
 * it, else the one below the tenant's domain.
 */
export function fullName({ resolver, tenant }: Pick<Site, 'resolver' | 'tenant'>, host: string): string {
  const name = canonical(host);
  if (!isShort(name)) return name;
  const zone = Object.entries(resolver.zones).find(
    ([one, place]) => isAddress(place) && canonical(one).startsWith(`${name}.`),
  );
  return zone ? canonical(zone[0]) : `${name}.${canonical(tenant.domain)}`;
}
