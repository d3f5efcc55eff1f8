import { serverAddress } from './address-plan.js';
import { isLoopback } from './address-range.js';
import { canonical } from './host-name.js';
import { internalPlace } from './internal-url.js';
import type { Application, Site } from './schema.js';

/** Whether a host is whatever machine asks for it. */
export function isOwnMachine(host: string): boolean {
  return canonical(host) === 'localhost' || isLoopback(host);
}

/** The connectors' servers on which an application runs itself, by their names; none: it has a host of its own. */
export function runsOn(site: Site, application: Application): readonly string[] {
  const said = application['runs-on'];
  if (said) return said;
  const { host } = internalPlace(application);
  if (isOwnMachine(host)) return site.servers.map(({ name }) => name);
  const named = serverAt(site, host);
  return named === undefined ? [] : [named];
}

/** The server that a host is: by its name, with the tenant's domain or without, by its address, or by a zone. */
export function serverAt({ servers, tenant, resolver }: Site, host: string): string | undefined {
  const name = canonical(host);
  const [, address = name] = Object.entries(resolver.zones).find(([zone]) => canonical(zone) === name) ?? [];
  return servers.find(
    (server, index) =>
      [server.name, `${server.name}.${tenant.domain}`].some((one) => canonical(one) === name) ||
      serverAddress(index) === address,
  )?.name;
}
