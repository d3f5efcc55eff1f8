import type { CloudFault } from '../../evidence/vocabulary.js';
import { meantBy } from '../../site/match/index.js';
import type { Application, ApplicationCertificate } from '../../site/schema.js';
import type { Change } from '../change.js';

/** Switches that nobody feels at the host itself: names lead elsewhere, perhaps to a closed door. */
const ofNames: readonly CloudFault[] = ['addresses-moved', 'nearer-region'];

/** A switch of the mock cloud, for one host or suffix. */
export function cloudFault(fault: CloudFault, host: string): Change {
  return {
    describe: `cloud: ${fault} at ${host}`,
    apply: (site) => ({
      ...site,
      cloud: { ...site.cloud, faults: [...site.cloud.faults, { fault, host }] },
    }),
    exercised: ofNames.includes(fault)
      ? [{ kind: 'connection', host: { pattern: host, match: meantBy(host) } }]
      : [{ kind: 'fault', fault }],
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
    exercised: [{ kind: 'decision', device: 'application-host' }, { kind: 'application' }],
  };
}

/** The published applications show another certificate. */
export function applicationCertificate(certificate: ApplicationCertificate): Change {
  return {
    describe: `applications: certificate ${certificate}`,
    apply: (site) => ({
      ...site,
      applications: site.applications.map((application) => ({ ...application, certificate })),
    }),
    exercised: [{ kind: 'decision', device: 'application-host', action: 'present' }],
  };
}
