import type { Application, CloudSettings } from '../../site/schema.js';
import type { Change } from '../change.js';

/** A switch of the mock cloud, for one host or suffix. */
export function cloudFault(fault: CloudSettings['faults'][number]['fault'], host: string): Change {
  return {
    describe: `cloud: ${fault} at ${host}`,
    apply: (site) => ({
      ...site,
      cloud: { ...site.cloud, faults: [...site.cloud.faults, { fault, host }] },
    }),
    exercised: [{ kind: 'fault', fault }],
  };
}

/** The published applications are in another state. */
export function applicationState(state: Application['state']): Change {
  return {
    describe: `applications: ${state}`,
    apply: (site) => ({
      ...site,
      applications: site.applications.map((application) => ({ ...application, state })),
    }),
    exercised: [{ device: 'application-host' }, { kind: 'application' }],
  };
}
