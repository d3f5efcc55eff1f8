import { fullName } from '../../site/full-name.js';
import { runsOn } from '../../site/runs-on.js';
import type { Application, Site } from '../../site/schema.js';
import type { FlowKind } from '../request.js';

/** The internal address of an application names the connector's server on which it runs. */
export const nameOwnServer: FlowKind = {
  kind: 'name-own-server',
  of({ hop, way }, site) {
    const application = site.applications.find(({ name }) => name === way.flow.application);
    if (!application || application.state === 'stopped' || hop.rule !== 'nothing listens') return undefined;
    const place = placeOf(application, site);
    return place === undefined || place === application.internal
      ? undefined
      : { device: 'server', setting: application.name, place };
  },
  grant: ({ setting, place }, site) => ({
    ...site,
    applications: site.applications.map((one) =>
      one.name === setting && place !== undefined ? { ...one, internal: place } : one,
    ),
  }),
  words: ({ setting, place }) => `Publish "${setting}" by the name of the server on which it runs: ${place}`,
};

/** The internal address with the server in place of the host. */
function placeOf(application: Application, site: Site): string | undefined {
  const [server] = runsOn(site, application);
  if (server === undefined) return undefined;
  const url = new URL(application.internal);
  url.hostname = fullName(site, server);
  return url.href;
}
