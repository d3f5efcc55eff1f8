import ipaddr from 'ipaddr.js';
import type { Site } from './schema.js';

/** Where the machines of a site live: in 198.18.0.0/15, the range for benchmarks (RFC 2544). */
export interface SiteAddresses {
  servers: ReadonlyMap<string, string>;
  proxy?: string;
  resolver: string;
  /** Internal host of an application or a private resource → address. */
  applications: ReadonlyMap<string, string>;
  /** Where an inspecting authority publishes its revocation list, inside the site. */
  inspectionList: string;
  /** A user's machine, on the internet. */
  user: string;
  /** Somebody on the internet who has no business with the site. */
  outside: string;
}

/** Deterministic: the same site has the same addresses on every engine. */
export function siteAddresses(site: Site): SiteAddresses {
  const hosts = [
    ...new Set([
      ...site.applications.map(({ internal }) => new URL(internal).hostname),
      ...(site['private-access']?.resources ?? []).map(({ host }) => host),
    ]),
  ];
  return {
    servers: new Map(site.servers.map(({ name }, index) => [name, `198.18.1.${10 + index}`])),
    ...(site.proxy && { proxy: proxyAddress(site.proxy.address) }),
    resolver: '198.18.3.53',
    applications: new Map(hosts.map((host, index) => [host, addressOf(host, index, site)])),
    inspectionList: '198.18.4.10',
    user: '198.19.1.10',
    outside: '198.19.2.10',
  };
}

function proxyAddress(address: string): string {
  const [host = ''] = address.split(':');
  return ipaddr.isValid(host) ? host : '198.18.2.10';
}

function addressOf(host: string, index: number, site: Site): string {
  if (ipaddr.isValid(host)) return host;
  const zones = Object.entries(site.resolver.zones).filter(
    ([zone]) => host === zone || host.endsWith(`.${zone}`),
  );
  const [, place] = zones.sort(([a], [b]) => b.length - a.length)[0] ?? [];
  if (place && ipaddr.isValid(place)) return place;
  if (place && ipaddr.isValidCIDR(place)) {
    const [network] = ipaddr.parseCIDR(place);
    const bytes = network.toByteArray();
    return ipaddr.fromByteArray([...bytes.slice(0, -1), (bytes.at(-1) ?? 0) + 10 + index]).toString();
  }
  return `198.18.130.${10 + index}`;
}
