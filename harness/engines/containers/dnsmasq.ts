import ipaddr from 'ipaddr.js';
import { inspectionListUrl } from '../../../mocks/pki/inspection-authority.js';
import type { SiteAddresses } from '../../site/addresses.js';
import type { Site } from '../../site/schema.js';
import type { NameSet } from './nftables.js';

export interface Upstream {
  /** The truthful name server of the internet. */
  address: string;
  /** The one that answers as the site's faults say. */
  faulty: string;
}

/**
 * The site's resolver: its own names, the internet's from upstream, and every answer about a name that
 * a rule is about put into that rule's set before it is given. dnsmasq takes the longest domain that
 * fits, so each names the sets of those above it too.
 */
export function dnsmasqConfiguration(
  site: Site,
  addresses: SiteAddresses,
  upstream: Upstream,
  names: readonly NameSet[],
): string {
  const lines = [
    'no-resolv',
    'no-hosts',
    'no-daemon',
    'user=root',
    'pid-file=',
    'cache-size=0',
    'bind-interfaces',
    `listen-address=${addresses.resolver}`,
    `server=${upstream.address}`,
    ...site.resolver.faults.map(({ name }) => `server=/${domainOf(name)}/${upstream.faulty}`),
    ...internalNames(site, addresses).map(([name, address]) => `host-record=${name},${address}`),
    ...setsByDomain(names).map(([domain, sets]) => {
      const list = sets.map((set) => `4#inet#lab#${set}`).join(',');
      return `nftset=/${domain}/${list}`;
    }),
  ];
  return `${lines.join('\n')}\n`;
}

function internalNames(
  site: Site,
  { applications, proxy, inspectionList }: SiteAddresses,
): [string, string][] {
  const names = new Map(applications);
  for (const [name, place] of Object.entries(site.resolver.zones))
    if (ipaddr.isValid(place)) names.set(name, place);
  const [proxyHost = ''] = site.proxy?.address.split(':') ?? [];
  if (proxy && proxyHost && !ipaddr.isValid(proxyHost)) names.set(proxyHost, proxy);
  if (site.inspection) names.set(new URL(inspectionListUrl).hostname, inspectionList);
  const faulty = new Set(site.resolver.faults.map(({ name }) => name));
  return [...names].filter(([name]) => !ipaddr.isValid(name) && !faulty.has(name));
}

function setsByDomain(names: readonly NameSet[]): [domain: string, sets: string[]][] {
  const domains = new Set(names.map(({ destination }) => domainOf(destination)));
  return [...domains].map((domain) => [
    domain,
    names.filter(({ destination }) => covers(domainOf(destination), domain)).map(({ set }) => set),
  ]);
}

function covers(upper: string, domain: string): boolean {
  return domain === upper || domain.endsWith(`.${upper}`);
}

function domainOf(pattern: string): string {
  return pattern.replace(/^\*\./, '').toLowerCase();
}
