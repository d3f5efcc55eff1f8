import { internetOf } from '../../model/path/public-host.js';
import { cure } from '../../model/repair/cure.js';
import { completeSite } from '../../model/site/complete.js';
import type { Site } from '../../model/site/schema.js';
import { internetHosts } from '../engines/internet.js';

/**
 * The documented site around the same servers, directory, applications and private resources: what the
 * control of a check lives in. Settings that would keep it from working are as they have to be.
 */
export function asDocumented(site: Site): Site {
  const access = site['private-access'];
  const around = completeSite({
    site: `${site.site}, as documented`,
    ...(site.edition && { edition: site.edition }),
    servers: site.servers.map(({ name, services }) => ({ name, services })),
    cloud: { environment: site.cloud.environment, region: site.cloud.region },
    tenant: site.tenant,
    applications: site.applications.map((application) => ({ ...application, state: 'running' as const })),
    ...(access && {
      'private-access': {
        ...access,
        resources: access.resources.map((resource) => ({ ...resource, state: 'running' as const })),
      },
    }),
    'connector-groups': site['connector-groups'],
    resolver: { zones: zonesOfApplications(site) },
  });
  return cure(around, internetOf(internetHosts(around))).site;
}

/** Names of the site's own. Others, which may hide public ones, are the customer's, and part of the change. */
function zonesOfApplications({ resolver, applications }: Site): Site['resolver']['zones'] {
  const hosts = applications.map(({ internal }) => new URL(internal).hostname);
  const isOwn = (zone: string) => hosts.some((host) => host === zone || host.endsWith(`.${zone}`));
  return Object.fromEntries(Object.entries(resolver.zones).filter(([zone]) => isOwn(zone.toLowerCase())));
}
