import type { CloudFault } from '../evidence/vocabulary.js';
import type { SiteInput } from '../site/schema.js';
import { type Maker, type Making, onServers } from './maker.js';
import { hostsOf } from './places.js';

type ApplicationInput = NonNullable<SiteInput['applications']>[number];

function atCloud({ site }: Making, fault: CloudFault, hosts: readonly string[]): boolean {
  const faults = hosts.map((host) => ({ fault, host }));
  site.cloud = { ...site.cloud, faults: [...(site.cloud?.faults ?? []), ...faults] };
  return hosts.length > 0;
}

/** Hosts of a cause: as it says, or those that were tried. */
function hostsIn({ cause, of }: Making): string[] {
  return hostsOf(cause.scope) ?? [...new Set(of.map(({ host }) => host))];
}

/** A site has one inspection: causes of several places are one of all of them. */
const inspected: Maker = (making) => {
  const { site, cause, of } = making;
  const { inspection: before } = site;
  // It is about names, and no inspection asks by which stack they are sought.
  const { stack } = cause.scope;
  const places = stack === undefined ? hostsOf(cause.scope) : hostsIn(making);
  const isEverything = places === undefined || (before !== undefined && before.only === undefined);
  const [, seen] = /^issued by ([^,]+)/.exec(cause.seen ?? '') ?? [];
  const authority = seen?.slice(0, 60) ?? before?.authority ?? 'Inspection CA';
  if (before && before.authority !== authority) return false;
  const isTrusted = !of.some(({ outcome }) => outcome === 'tls-untrusted-issuer');
  const stripped = of.some(({ outcome }) => outcome === 'websocket-upgrade-refused');
  site.inspection = {
    ...(stripped ? { websocket: 'strip-upgrade' } : before?.websocket && { websocket: before.websocket }),
    authority,
    'trusted-by-server': isTrusted && before?.['trusted-by-server'] !== false,
    ...(isEverything
      ? { except: ['*.contoso.test'] }
      : { only: [...new Set([...(before?.only ?? []), ...places])] }),
  };
  return true;
};

const invalid: Maker = (making) => {
  const { outcome } = making.of[0] ?? {};
  const fault =
    outcome === 'tls-expired'
      ? 'certificate-expired'
      : outcome === 'tls-not-yet-valid'
        ? 'certificate-not-yet-valid'
        : 'certificate-wrong-name';
  return atCloud(making, fault, hostsIn(making));
};

const unusable: Maker = (making) => {
  const [first] = making.of;
  if (first?.purpose === 'fetch a revocation list')
    return atCloud(making, 'revocation-list-stale', hostsIn(making));
  const isUnknown = first?.said?.includes('does not know') ?? false;
  return atCloud(making, isUnknown ? 'ocsp-unknown' : 'ocsp-stale', hostsIn(making));
};

const clock: Maker = (making) => {
  const [, minutes] = /(?<!\d)(-?\d+) minutes off/.exec(making.cause.seen ?? '') ?? [];
  const dated = making.of.some(({ outcome }) => outcome === 'tls-expired') ? '3650d' : '-3650d';
  const skew = minutes === undefined ? dated : `${Math.min(Math.abs(Number(minutes)), 500_000)}m`;
  return onServers(making, (server) => {
    server['clock-skew'] = minutes?.startsWith('-') ? `-${skew}` : skew;
  });
};

const application =
  (change: Partial<ApplicationInput>): Maker =>
  ({ site }) => {
    for (const one of site.applications ?? []) Object.assign(one, change);
    return true;
  };

const server =
  (change: NonNullable<SiteInput['servers']>[number] | object): Maker =>
  (making) =>
    onServers(making, (one) => Object.assign(one, change));

/** Of the server, of the service and its certificates, of the tenant, of applications. */
export const ofEnds: Readonly<Record<string, Maker>> = {
  'tls/inspected': inspected,
  'tls/version': server({ tls: '1.1' }),
  'tls/certificate-of-service': invalid,
  'tls/revoked': (making) => atCloud(making, 'certificate-revoked', hostsIn(making)),
  'tls/roots-missing': (making) => {
    making.site.firewall?.rules?.unshift({ deny: 'ctldl.windowsupdate.com', port: 80 });
    return server({ roots: 'stale' })(making);
  },
  'revocation/unusable': unusable,
  'server/clock': clock,
  'server/ie-esc': server({ 'ie-esc': true }),
  'server/dotnet-version': server({ dotnet: '4.5' }),
  'server/os-version': server({ windows: 'server-2008-r2' }),
  'server/services-running': server({ stopped: ['updater'] }),
  'server/no-password-protection-proxy': server({ 'password-protection-proxy': true }),
  'server/http2-for-kerberos': (making) => {
    application({ internal: 'https://intranet.contoso.test/', 'single-sign-on': 'kerberos' })(making);
    return server({ http2: true })(making);
  },
  'service/refuses': (making) => atCloud(making, 'service-unavailable', hostsIn(making)),
  'service/unauthorized': server({ 'trust-settings': 'left-over' }),
  'tenant/registration-denied': server({ 'registered-by': 'mira@contoso.test' }),
  'service/nobody-serves': (making) => {
    making.site['connector-groups'] = [{ name: 'Empty' }];
    return application({ group: 'Empty' })(making);
  },
  'application/unreachable': application({ state: 'stopped' }),
  'application/slow': application({ state: 'slow' }),
  'application/certificate': application({
    ...{ internal: 'https://intranet.contoso.test/', certificate: 'expired' },
  }),
  'application/no-name': server({ resolver: { 'site-names': false } }),
};
