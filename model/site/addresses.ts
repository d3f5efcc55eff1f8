import ipaddr from 'ipaddr.js';
import { addressPlan, serverAddress } from './address-plan.js';
import { isAddress, isLoopback, rangeOf } from './address-range.js';
import { fullName } from './full-name.js';
import { canonical } from './host-name.js';
import { proxiesOf } from './proxies.js';
import { isOwnMachine, serverAt } from './runs-on.js';
import type { Site } from './schema.js';

/** Where the machines of a site live. */
export interface SiteAddresses {
  servers: ReadonlyMap<string, string>;
  proxy?: string;
  /** The second proxy, behind the first. */
  parentProxy?: string;
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

const { applicationNetwork, resolver, inspectionList } = addressPlan;

/**
 * Deterministic: the same site has the same addresses on every engine.
 * @throws RangeError for more applications in a network than it has addresses
 */
export function siteAddresses(site: Site): SiteAddresses {
  const { addresses, full } = placeApplications(site);
  const [first] = full;
  if (first) throw new RangeError(noAddress(first.host, first.network));
  const [proxy, parent] = proxiesOf(site);
  return {
    servers: serverAddresses(site),
    ...(proxy && { proxy: proxy.address }),
    ...(parent && { parentProxy: parent.address }),
    resolver,
    applications: addresses,
    inspectionList,
    user: addressPlan.user,
    outside: addressPlan.outside,
  };
}

export function noAddress(host: string, network: string): string {
  return `there is no address left for "${host}" in ${network}`;
}

function serverAddresses({ servers }: Site): Map<string, string> {
  return new Map(servers.map(({ name }, index) => [name, serverAddress(index)]));
}

const inside = new WeakMap<SiteAddresses, ReadonlySet<string | undefined>>();

/** Whether an address is one of the site's own: no device between the site and the internet sees it. */
export function isInside(addresses: SiteAddresses, address: string): boolean {
  const { applications, proxy, parentProxy, resolver, inspectionList } = addresses;
  const known =
    inside.get(addresses) ??
    new Set([proxy, parentProxy, resolver, inspectionList, ...applications.values()]);
  inside.set(addresses, known);
  return known.has(address);
}

/** Addresses of the hosts of applications and private resources; `full`: those that got none, and why. */
export function placeApplications(site: Site): {
  addresses: Map<string, string>;
  full: { host: string; network: string }[];
} {
  const hosts = new Set([
    ...site.applications.map(({ internal }) => new URL(internal).hostname),
    ...(site['private-access']?.resources ?? []).map(({ host }) => host),
  ]);
  const places = [...hosts].map((host) => ({ host, place: placeOf(host, site) }));
  const taken = new Set([
    ...places.map(({ place }) => place),
    ...Object.values(site.resolver.zones),
    ...serverAddresses(site).values(),
    ...proxiesOf(site).map(({ address }) => address),
    resolver,
    inspectionList,
  ]);
  const addresses = new Map<string, string>();
  const full: { host: string; network: string }[] = [];
  for (const { host, place } of places) {
    const address = place.includes('/') ? freeIn(place, taken) : place;
    if (address === undefined) full.push({ host, network: place });
    else addresses.set(host, address);
    if (address !== undefined) taken.add(address);
  }
  return { addresses, full };
}

/** The address that a host has, or the network that it is in. */
function placeOf(host: string, site: Site): string {
  if (isAddress(host)) return host;
  if (isOwnMachine(host)) return '127.0.0.1';
  const name = fullName(site, host);
  const exact = Object.entries(site.resolver.zones).find(([zone]) => canonical(zone) === name)?.[1];
  if (exact !== undefined && isAddress(exact)) return exact;
  const own = serverOf(host, site);
  if (own !== undefined) return own;
  const zones = Object.entries(site.resolver.zones).filter(([zone]) =>
    `.${name}`.endsWith(`.${canonical(zone)}`),
  );
  const [, place] = zones.sort(([a], [b]) => b.length - a.length)[0] ?? [];
  if (place && (ipaddr.isValid(place) || ipaddr.isValidCIDR(place))) return place;
  return inHostsFile(site, host) ?? applicationNetwork;
}

/** The address of the connector's server on which what is at a host runs. */
function serverOf(host: string, site: Site): string | undefined {
  const told = site.applications.find((one) => new URL(one.internal).hostname === host)?.['runs-on']?.[0];
  const index = site.servers.findIndex(({ name }) => name === (told ?? serverAt(site, host)));
  return index < 0 ? undefined : serverAddress(index);
}

/** Where the first line of a server's hosts file says that a host is. */
function inHostsFile({ servers }: Site, host: string): string | undefined {
  const lines = servers.flatMap(({ hosts }) => Object.entries(hosts));
  return lines.find(([one, at]) => canonical(one) === canonical(host) && !isLoopback(at))?.[1];
}

/** The first address of a network that nobody has; the first few are for its routers, the last is for all. */
function freeIn(network: string, taken: ReadonlySet<string>): string | undefined {
  const [address, prefix] = ipaddr.parseCIDR(network);
  const range = rangeOf(network);
  if (!range) return undefined;
  const size = 2 ** (address.toByteArray().length * 8 - prefix);
  for (let offset = size > 16 ? 10 : 2; offset < size - 1; offset++) {
    const candidate = ipaddr.fromByteArray([...plus(range.first, offset)]).toString();
    if (!taken.has(candidate)) return candidate;
  }
  return undefined;
}

/** Big-endian. */
function plus(bytes: Uint8Array, offset: number): Uint8Array {
  const sum = Uint8Array.from(bytes);
  let carry = offset;
  for (let index = sum.length - 1; index >= 0 && carry > 0; index--) {
    carry += sum[index] ?? 0;
    sum[index] = carry & 0xff;
    carry = Math.floor(carry / 256);
  }
  return sum;
}
