import type { SiteInput } from '../../model/site/schema.js';
import type { Base } from './bases.js';

/** What has to be named: a rule's id, one of several where the class depends on what else is there, and where. */
export interface Truth {
  rule: string;
  /** Part of the scope that has to be right: a row, a port, an account. */
  row?: string;
  port?: number;
  account?: string;
}

/** One thing that goes wrong. */
export interface Fault {
  id: string;
  device: string;
  /** Undefined where the kind of site does not have what it is about. */
  truth(base: Base): Truth | undefined;
  make(site: SiteInput, base: Base): void;
}

type Server = NonNullable<SiteInput['servers']>[number];
type ProxyRuleInput = NonNullable<NonNullable<SiteInput['proxy']>['rules']>[number];
type RuleInput = NonNullable<NonNullable<SiteInput['firewall']>['rules']>[number];

const isDirect = ({ way }: Base) => way === 'direct';
const row = (host: string, port = 443) => `hosts/${host}/${port}`;
const servers = (site: SiteInput, change: (server: Server) => void) => {
  for (const server of site.servers ?? []) change(server);
};
const edge = (site: SiteInput, ...rules: RuleInput[]) => {
  const firewall = site.firewalls?.[0] ?? site.firewall;
  firewall?.rules?.unshift(...rules);
};
const proxy = (site: SiteInput, ...rules: ProxyRuleInput[]) => {
  if (site.proxy) site.proxy.rules = [...rules, ...(site.proxy.rules ?? [])];
};
const own = (site: SiteInput, ...rules: RuleInput[]) =>
  servers(site, (server) => {
    server['host-firewall'] = { rules };
  });
const cloudFault =
  (fault: NonNullable<NonNullable<SiteInput['cloud']>['faults']>[number]['fault'], host: string) =>
  (site: SiteInput) => {
    site.cloud = { ...site.cloud, faults: [...(site.cloud?.faults ?? []), { fault, host }] };
  };
const resolver =
  (name: string, answer: 'nxdomain' | 'timeout' | 'wrong-address' | 'no-chain') => (site: SiteInput) => {
    site.resolver = { ...site.resolver, faults: [...(site.resolver?.faults ?? []), { name, answer }] };
  };
const setting =
  (stack: 'service' | 'system' | 'tunnel' | 'updater' | 'browser', told: 'direct' | { pac: string }) =>
  (site: SiteInput) =>
    servers(site, (server) => {
      server['proxy-settings'] = { ...server['proxy-settings'], [stack]: told };
    });
const inspection = (more: SiteInput['inspection']) => (site: SiteInput) => {
  site.inspection = { authority: 'Contoso Inspection CA', ...more };
};
const pac = (lines: string) => `function FindProxyForURL(url, host) { ${lines} }`;

/** What a firewall at the edge does shows a connector according to how it leaves, and how names are known there. */
function closed(base: Base, action: 'drop' | 'reject' | 'reset', where: Omit<Truth, 'rule'>): Truth {
  const byName = base.names === 'sni' && where.row !== undefined;
  if (byName)
    return { rule: action === 'drop' ? 'path/silent-after-connect' : 'path/reset-after-connect', ...where };
  if (!isDirect(base))
    return { rule: action === 'reset' ? 'path/reset-after-connect' : 'proxy/cannot-connect', ...where };
  return { rule: { drop: 'path/dropped', reject: 'path/refused', reset: 'path/reset' }[action], ...where };
}
const direct = (truth: Truth) => (base: Base) => (isDirect(base) ? truth : undefined);
const proxied = (truth: Truth) => (base: Base) => (isDirect(base) ? undefined : truth);
const always = (truth: Truth) => () => truth;

const servicebus = row('*.servicebus.windows.net');
const service = row('*.msappproxy.net');
const appUrl = (
  site: SiteInput,
  index: number,
  change: Partial<NonNullable<SiteInput['applications']>[number]>,
) => {
  Object.assign(site.applications?.[index] ?? {}, change);
};

export const faults: readonly Fault[] = [
  // The server's own firewall.
  {
    id: 'host-drops-servicebus',
    device: 'host-firewall',
    truth: direct({ rule: 'path/dropped', row: servicebus }),
    make: (site) => own(site, { deny: '*.servicebus.windows.net', port: 443 }),
  },
  {
    id: 'host-resets-registration',
    device: 'host-firewall',
    truth: direct({ rule: 'path/reset', row: row('enterpriseregistration.windows.net') }),
    make: (site) => own(site, { reset: 'enterpriseregistration.windows.net', port: 443 }),
  },
  {
    id: 'host-drops-port-80',
    device: 'host-firewall',
    truth: direct({ rule: 'path/dropped', port: 80 }),
    make: (site) => own(site, { deny: 'any', port: 80 }),
  },
  {
    id: 'host-refuses-updater-account',
    device: 'host-firewall',
    truth: (base) => ({
      rule: isDirect(base) ? 'path/refused' : 'proxy/unreachable',
      account: 'local-system',
    }),
    make: (site) => own(site, { reject: '198.18.0.0/15', port: 'any', account: 'local-system' }),
  },
  {
    id: 'host-drops-administrator',
    device: 'host-firewall',
    truth: (base) => ({
      rule: isDirect(base) ? 'path/dropped' : 'proxy/unreachable',
      account: 'administrator',
    }),
    make: (site) => own(site, { deny: '198.18.0.0/15', port: 'any', account: 'administrator' }),
  },
  // The edge.
  {
    id: 'edge-drops-servicebus',
    device: 'edge-firewall',
    truth: (base) => closed(base, 'drop', { row: servicebus }),
    make: (site) => edge(site, { deny: '*.servicebus.windows.net', port: 443 }),
  },
  {
    id: 'edge-refuses-service',
    device: 'edge-firewall',
    truth: (base) => closed(base, 'reject', { row: service }),
    make: (site) => edge(site, { reject: '*.msappproxy.net', port: 443 }),
  },
  {
    id: 'edge-resets-sign-in',
    device: 'edge-firewall',
    truth: (base) => closed(base, 'reset', { row: row('login.windows.net') }),
    make: (site) => edge(site, { reset: 'login.windows.net', port: 443 }),
  },
  {
    id: 'edge-drops-port-80',
    device: 'edge-firewall',
    truth: (base) => closed(base, 'drop', { port: 80 }),
    make: (site) => edge(site, { deny: 'any', port: 80 }),
  },
  {
    id: 'edge-refuses-port-80',
    device: 'edge-firewall',
    truth: (base) => closed(base, 'reject', { port: 80 }),
    make: (site) => edge(site, { reject: 'any', port: 80 }),
  },
  {
    id: 'edge-drops-list',
    device: 'edge-firewall',
    truth: (base) => closed(base, 'drop', { row: row('crl3.digicert.com', 80) }),
    make: (site) => edge(site, { deny: 'crl3.digicert.com', port: 80 }),
  },
  {
    id: 'edge-drops-page-part',
    device: 'edge-firewall',
    truth: (base) => closed(base, 'drop', { row: row('*.msauth.net') }),
    make: (site) => edge(site, { deny: '*.msauth.net', port: 443 }),
  },
  {
    id: 'edge-drops-renewal',
    device: 'edge-firewall',
    truth: (base) => closed(base, 'drop', { row: service }),
    make: (site) => edge(site, { deny: '*.renewtrust.msappproxy.net', port: 443 }),
  },
  {
    id: 'edge-drops-data-hosts',
    device: 'edge-firewall',
    truth: (base) => closed(base, 'drop', { row: service }),
    make: (site) => edge(site, { deny: '*.connector.msappproxy.net', port: 443 }),
  },
  {
    id: 'edge-refuses-policy-key',
    device: 'edge-firewall',
    truth: (base) => closed(base, 'reject', { row: row('policykeyservice.dc.ad.msft.net') }),
    make: (site) => edge(site, { reject: 'policykeyservice.dc.ad.msft.net', port: 443 }),
  },
  // The proxy.
  {
    id: 'proxy-asks-basic',
    device: 'proxy',
    truth: proxied({ rule: 'proxy/authentication' }),
    make: (site) => {
      if (site.proxy) site.proxy.authentication = 'basic';
    },
  },
  {
    id: 'proxy-asks-services',
    device: 'proxy',
    truth: proxied({ rule: 'proxy/authentication' }),
    make: (site) => {
      if (site.proxy) site.proxy.authentication = ['negotiate', 'ntlm'];
      proxy(site, { allow: 'any', account: 'administrator' }, { ask: 'any' });
    },
  },
  {
    id: 'proxy-refuses-servicebus',
    device: 'proxy',
    truth: proxied({ rule: 'proxy/refuses', row: servicebus }),
    make: (site) => proxy(site, { deny: '*.servicebus.windows.net' }),
  },
  {
    id: 'proxy-page-for-policy-key',
    device: 'proxy',
    truth: proxied({ rule: 'proxy/refuses', row: row('policykeyservice.dc.ad.msft.net') }),
    make: (site) => {
      if (site.proxy) site.proxy['refuses-with'] = 'page';
      proxy(site, { deny: 'policykeyservice.dc.ad.msft.net' });
    },
  },
  {
    id: 'proxy-not-for-port-80',
    device: 'proxy',
    truth: proxied({ rule: 'proxy/refuses', port: 80 }),
    make: (site) => proxy(site, { deny: 'any', method: 'plain' }),
  },
  {
    id: 'service-told-dead-proxy',
    device: 'pac',
    truth: proxied({ rule: 'proxy/unreachable' }),
    make: setting('service', { pac: pac('return "PROXY old-proxy.contoso.test:8080";') }),
  },
  {
    id: 'pac-sends-service-direct',
    device: 'pac',
    truth: proxied({ rule: 'proxy/goes-past', row: service }),
    make: setting('service', {
      pac: pac(
        'return dnsDomainIs(host, ".msappproxy.net") ? "DIRECT" : host.indexOf("contoso.test") > 0 ? "DIRECT" : "PROXY proxy.contoso.test:8080; PROXY proxy.branch.contoso.test:3128";',
      ),
    }),
  },
  {
    id: 'system-goes-direct',
    device: 'proxy-settings',
    truth: proxied({ rule: 'proxy/goes-past' }),
    make: setting('system', 'direct'),
  },
  {
    id: 'tunnel-goes-direct',
    device: 'proxy-settings',
    truth: proxied({ rule: 'proxy/goes-past' }),
    make: setting('tunnel', 'direct'),
  },
  // Inspection.
  {
    id: 'inspection-untrusted',
    device: 'inspector',
    truth: always({ rule: 'tls/inspected' }),
    make: inspection({ 'trusted-by-server': false, except: ['*.contoso.test'] }),
  },
  {
    id: 'inspection-of-servicebus',
    device: 'inspector',
    truth: always({ rule: 'tls/inspected', row: servicebus }),
    make: inspection({
      'trusted-by-server': true,
      only: ['*.servicebus.windows.net'],
      websocket: 'strip-upgrade',
    }),
  },
  {
    id: 'inspection-of-service',
    device: 'inspector',
    truth: always({ rule: 'tls/inspected', row: service }),
    make: inspection({ 'trusted-by-server': true, only: ['*.msappproxy.net'] }),
  },
  // Names.
  {
    id: 'zone-hides-service',
    device: 'resolver',
    truth: (base) => ({
      rule: isDirect(base) ? 'names/no-such-name' : 'names/proxy-finds-none',
      row: service,
    }),
    make: resolver('*.connector.msappproxy.net', 'nxdomain'),
  },
  {
    id: 'no-answer-about-sign-in',
    device: 'resolver',
    truth: (base) => ({
      rule: isDirect(base) ? 'names/no-answer' : 'names/proxy-finds-none',
      row: row('*.microsoftonline.com'),
    }),
    make: resolver('login.microsoftonline.com', 'timeout'),
  },
  {
    id: 'wrong-address-of-servicebus',
    device: 'resolver',
    truth: (base) => ({
      rule: isDirect(base) ? 'names/wrong-address' : 'proxy/cannot-connect',
      row: servicebus,
    }),
    make: resolver('*.servicebus.windows.net', 'wrong-address'),
  },
  {
    id: 'hosts-file-line',
    device: 'hosts-file',
    truth: direct({ rule: 'names/wrong-address', row: row('ocsp.digicert.com', 80) }),
    make: (site) =>
      servers(site, (server) => {
        server.hosts = { 'ocsp.digicert.com': '0.0.0.0' };
      }),
  },
  // The line.
  {
    id: 'idle-timeout',
    device: 'link',
    truth: always({ rule: 'link/idle' }),
    make: (site) => {
      site.link = { ...site.link, 'idle-timeout': '2m' };
      site.cloud = { ...site.cloud, timers: { 'signalling-keep-alive': '3m' } };
    },
  },
  {
    id: 'mtu',
    device: 'link',
    truth: (base) => ({
      rule: isDirect(base) && base.names === 'dns' ? 'path/silent-after-connect' : 'path/reset-after-connect',
    }),
    make: (site) => {
      site.link = { ...site.link, mtu: 1400 };
    },
  },
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
