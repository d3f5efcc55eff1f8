import type { SiteAddresses } from './addresses.js';
import { internalPlace } from './internal-url.js';
import { runsOn } from './runs-on.js';
import type { Application, Site } from './schema.js';

/** Where a running application answers. */
export interface Listening {
  application: Application;
  address: string;
  port: number;
  /** The connector's server that it runs on; absent: it has a host of its own. */
  server?: string;
}

/** Every place at which an application of the site answers. */
export function listening(site: Site, { applications, servers }: SiteAddresses): Listening[] {
  return site.applications
    .filter(({ state }) => state !== 'stopped')
    .flatMap((application): Listening[] => {
      const { host, port } = internalPlace(application);
      const on = runsOn(site, application);
      if (on.length > 0)
        return on.map((server) => ({ application, port, server, address: servers.get(server) ?? '' }));
      return [{ application, port, address: applications.get(host) ?? '' }];
    });
}
