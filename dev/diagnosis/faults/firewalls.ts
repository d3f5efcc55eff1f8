import type { SiteInput } from '../../../model/site/schema.js';
import type { Base } from '../bases.js';
import { direct, type Fault, isDirect, row, servers, service, servicebus, type Truth } from './fault.js';

type RuleInput = NonNullable<NonNullable<SiteInput['firewall']>['rules']>[number];

const edge = (site: SiteInput, ...rules: RuleInput[]) => {
  const firewall = site.firewalls?.[0] ?? site.firewall;
  firewall?.rules?.unshift(...rules);
};
const own = (site: SiteInput, ...rules: RuleInput[]) =>
  servers(site, (server) => {
    server['host-firewall'] = { rules };
  });

/** What a firewall at the edge does shows a connector according to how it leaves, and how names are known there. */
function closed(base: Base, action: 'drop' | 'reject' | 'reset', where: Omit<Truth, 'rule'>): Truth {
  const byName = base.names === 'sni' && where.row !== undefined;
  if (byName)
    return { rule: action === 'drop' ? 'path/silent-after-connect' : 'path/reset-after-connect', ...where };
  if (!isDirect(base))
    return { rule: action === 'reset' ? 'path/reset-after-connect' : 'proxy/cannot-connect', ...where };
  return { rule: { drop: 'path/dropped', reject: 'path/refused', reset: 'path/reset' }[action], ...where };
}

/** Of the firewalls of servers and of the edge. */
export const ofFirewalls: readonly Fault[] = [
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
];
