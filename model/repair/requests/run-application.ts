import { siteAddresses } from '../../site/addresses.js';
import { internalPlace } from '../../site/internal-url.js';
import type { Site } from '../../site/schema.js';
import type { FlowKind, Target } from '../request.js';
import { list } from './rules.js';

/** What is asked for inside the site is there, and answers in time. */
export const runApplication: FlowKind = {
  kind: 'run-application',
  of({ hop, way }) {
    const isIt = hop.rule === 'nothing listens' || hop.rule === 'state slow';
    const isThere = hop.device === 'application-host' || hop.device === 'server';
    return way.flow.direct && isThere && isIt ? { device: 'application-host', setting: hop.rule } : undefined;
  },
  grant({ targets }, site) {
    const access = site['private-access'];
    const resources = access?.resources.map((one) =>
      one.ports.some((port) => isOf(targets, one.host, port, site))
        ? { ...one, state: 'running' as const }
        : one,
    );
    return {
      ...site,
      applications: site.applications.map((one) => {
        const { host, port } = internalPlace(one);
        return isOf(targets, host, port, site) ? { ...one, state: 'running' } : one;
      }),
      ...(access && resources && { 'private-access': { ...access, resources } }),
    };
  },
  words: ({ targets, setting }) =>
    setting === 'state slow'
      ? `Make ${list(targets)} answer in time, or choose the long time-out for the application.`
      : `Start what connectors ask for at ${list(targets)}.`,
};

/** Whether a host and port are meant, by name or by address. */
function isOf(targets: readonly Target[], host: string, port: number, site: Site): boolean {
  const address = siteAddresses(site).applications.get(host);
  return targets.some((one) => one.port === port && (one.host === host || one.host === address));
}
