import { internalPlace } from '../../site/internal-url.js';
import type { FlowKind } from '../request.js';
import { list } from './rules.js';

const rules = {
  'certificate expired': 'that has not expired',
  'certificate self-signed': 'of an authority that the connector servers trust',
  'certificate wrong-name': 'with the name that the internal URL has',
} as const;

/** Applications show certificates that connectors accept. */
export const renewApplicationCertificate: FlowKind = {
  kind: 'renew-application-certificate',
  of: ({ hop }) =>
    hop.device === 'application-host' && hop.rule !== undefined && Object.hasOwn(rules, hop.rule)
      ? { device: 'application-host', setting: hop.rule }
      : undefined,
  grant: ({ targets }, site) => ({
    ...site,
    applications: site.applications.map((application) => {
      const own = internalPlace(application);
      return targets.some(({ host, port }) => host === own.host && port === own.port)
        ? { ...application, certificate: 'trusted' }
        : application;
    }),
  }),
  words: ({ targets, setting = '' }) =>
    `Give ${list(targets)} a certificate ${rules[setting as keyof typeof rules]}.`,
};
