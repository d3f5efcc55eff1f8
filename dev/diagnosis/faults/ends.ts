import type { SiteInput } from '../../../model/site/schema.js';
import { always, type Fault, row, servers, service } from './fault.js';

const cloudFault =
  (fault: NonNullable<NonNullable<SiteInput['cloud']>['faults']>[number]['fault'], host: string) =>
  (site: SiteInput) => {
    site.cloud = { ...site.cloud, faults: [...(site.cloud?.faults ?? []), { fault, host }] };
  };
const appUrl = (
  site: SiteInput,
  index: number,
  change: Partial<NonNullable<SiteInput['applications']>[number]>,
) => {
  Object.assign(site.applications?.[index] ?? {}, change);
};

/** Of the server, of the service and of applications. */
export const ofEnds: readonly Fault[] = [
  // The server.
  {
    id: 'clock-slow',
    device: 'server',
    truth: always({ rule: 'server/clock' }),
    make: (site) =>
      servers(site, (server) => {
        server['clock-skew'] = '-1h';
      }),
  },
  {
    id: 'tls-1.1',
    device: 'server',
    truth: always({ rule: 'tls/version' }),
    make: (site) =>
      servers(site, (server) => {
        server.tls = '1.1';
      }),
  },
  {
    id: 'internet-explorer',
    device: 'server',
    truth: always({ rule: 'server/ie-esc' }),
    make: (site) =>
      servers(site, (server) => {
        server['ie-esc'] = true;
      }),
  },
  {
    id: 'dotnet-old',
    device: 'server',
    truth: always({ rule: 'server/dotnet-version' }),
    make: (site) =>
      servers(site, (server) => {
        server.dotnet = '4.5';
      }),
  },
  {
    id: 'updater-stopped',
    device: 'server',
    truth: always({ rule: 'server/services-running' }),
    make: (site) =>
      servers(site, (server) => {
        server.stopped = ['updater'];
      }),
  },
  {
    id: 'password-protection-beside',
    device: 'server',
    truth: always({ rule: 'server/no-password-protection-proxy' }),
    make: (site) =>
      servers(site, (server) => {
        server['password-protection-proxy'] = true;
      }),
  },
  {
    id: 'http2-for-kerberos',
    device: 'server',
    truth: always({ rule: 'server/http2-for-kerberos' }),
    make: (site) => {
      appUrl(site, 1, { 'single-sign-on': 'kerberos' });
      servers(site, (server) => {
        server.http2 = true;
      });
    },
  },
  {
    id: 'certificate-left-over',
    device: 'server',
    truth: always({ rule: 'service/unauthorized' }),
    make: (site) =>
      servers(site, (server) => {
        server['trust-settings'] = 'left-over';
      }),
  },
  {
    id: 'role-missing',
    device: 'tenant',
    truth: always({ rule: 'tenant/registration-denied' }),
    make: (site) =>
      servers(site, (server) => {
        server['registered-by'] = 'mira@contoso.test';
      }),
  },
  // The service.
  {
    id: 'list-stale',
    device: 'cloud',
    truth: always({ rule: 'revocation/unusable', row: row('crl3.digicert.com', 80) }),
    make: cloudFault('revocation-list-stale', 'crl3.digicert.com'),
  },
  {
    id: 'responder-knows-nothing',
    device: 'cloud',
    truth: always({ rule: 'revocation/unusable', row: row('oneocsp.microsoft.com', 80) }),
    make: cloudFault('ocsp-unknown', 'oneocsp.microsoft.com'),
  },
  {
    id: 'certificate-expired',
    device: 'cloud',
    truth: always({ rule: 'tls/certificate-of-service', row: row('management.azure.com') }),
    make: cloudFault('certificate-expired', 'management.azure.com'),
  },
  {
    id: 'certificate-revoked',
    device: 'cloud',
    truth: always({ rule: 'tls/revoked' }),
    make: cloudFault('certificate-revoked', '*.updater.msappproxy.net'),
  },
  {
    id: 'service-unavailable',
    device: 'cloud',
    truth: always({ rule: 'service/refuses', row: service }),
    make: cloudFault('service-unavailable', '*.renewtrust.msappproxy.net'),
  },
  // Applications.
  {
    id: 'application-stopped',
    device: 'application',
    truth: always({ rule: 'application/unreachable' }),
    make: (site) => appUrl(site, 0, { state: 'stopped' }),
  },
  {
    id: 'application-slow',
    device: 'application',
    truth: always({ rule: 'application/slow' }),
    make: (site) => appUrl(site, 1, { state: 'slow' }),
  },
  {
    id: 'application-certificate',
    device: 'application',
    truth: always({ rule: 'application/certificate' }),
    make: (site) => appUrl(site, 1, { certificate: 'expired' }),
  },
  {
    id: 'application-without-name',
    device: 'resolver',
    truth: always({ rule: 'application/no-name' }),
    make: (site) =>
      servers(site, (server) => {
        server.resolver = { 'site-names': false };
        if (site.proxy) server.hosts = { [site.proxy.address.split(':')[0] ?? '']: '198.18.2.10' };
      }),
  },
  {
    id: 'group-without-connectors',
    device: 'tenant',
    truth: always({ rule: 'service/nobody-serves' }),
    make: (site) => {
      site['connector-groups'] = [{ name: 'Empty' }];
      appUrl(site, 1, { group: 'Empty' });
    },
  },
];
