import type { WantedFlow } from '../path/flow.js';
import { ownersOf, segmentCovers } from '../policy/segments.js';
import { siteAddresses } from '../site/addresses.js';
import { internalPlace } from '../site/internal-url.js';
import type { Site } from '../site/schema.js';
import { serversOfGroup } from './groups.js';

/** A flow to a place inside the site, and the requirement that it stands for. */
export type FlowInside = WantedFlow & { requirement: string };

/** What connectors reach inside the site: published applications, and resources of every declared segment. */
export function placesInside(site: Site): FlowInside[] {
  const places = [
    ...site.applications.map((application) => {
      const { host, port } = internalPlace(application);
      return {
        ...{ group: application.group, requirement: 'server/reaches-application' },
        ...{ operation: 'deliver' as const, application: application.name, host, port },
      };
    }),
    ...privatePlaces(site).map(({ owner, host, port }) => ({
      ...{ group: owner.group, operation: 'tunnel' as const, host, port },
      requirement: owner.name === 'Quick Access' ? 'access/quick-access' : 'access/per-app',
    })),
  ];
  return places.flatMap(({ group, ...place }) =>
    serversOfGroup(site, group).map(({ name, services }) => ({
      ...place,
      ...{ server: name, account: services.connector, direct: true as const },
      stack: place.operation === 'tunnel' ? ('tunnel' as const) : ('service' as const),
    })),
  );
}

/**
 * Private resources as far as declared segments lead to them: by name where a segment has a name that
 * covers it, else by address.
 */
export function privatePlaces(site: Site) {
  const access = site['private-access'];
  if (!access) return [];
  const { applications: addresses } = siteAddresses(site);
  const places = access.resources.flatMap(({ host, ports }) => ports.map((port) => ({ host, port })));
  return ownersOf(access).flatMap(({ segments, ...owner }) =>
    places.flatMap(({ host, port }) => {
      const known = [host, addresses.get(host) ?? host];
      const asked = known.find((one) => segments.some((segment) => segmentCovers(segment, one, port)));
      return asked === undefined ? [] : [{ owner, host: asked, port }];
    }),
  );
}
