import ipaddr from 'ipaddr.js';

/**
 * Every address of a lab that no site decides about: in 198.18.0.0/15, the range for benchmarks
 * (RFC 2544), so that no customer's network collides.
 */
export const addressPlan = {
  /** The gateway, towards the site and towards the internet. */
  gatewayInside: '198.18.1.1',
  gatewayOutside: '198.19.0.1',
  /** A machine that people bring along. */
  guest: '198.18.1.5',
  /** Where the site's resolver and the list of an inspecting authority answer. */
  resolver: '198.18.3.53',
  /** Where resolvers answer that single servers ask: {@link ownResolver}. */
  ownResolvers: '198.18.3.128/25',
  inspectionList: '198.18.4.10',
  /** The proxy, where the site gives a name in place of an address. */
  proxy: '198.18.2.10',
  /** The same of a proxy behind it. */
  parentProxy: '198.18.2.11',
  /** The machine that serves applications, and hosts that no zone has a place for. */
  applications: '198.18.130.1',
  applicationNetwork: '198.18.130.0/24',
  /** The cloud's machine, and everything that it answers for: every public name has an address there. */
  cloud: '198.19.0.2',
  cloudNetwork: '198.18.64.0/18',
  /** Name servers of the internet: a truthful one, and one that answers as a site's resolver lies. */
  names: '198.19.3.53',
  faultyNames: '198.19.3.54',
  namesNetwork: '198.19.3.0/24',
  /** A user's machine, and somebody who has no business with the site. */
  user: '198.19.1.10',
  outside: '198.19.2.10',
  /** What the site's machines reach without a gateway, and those on the internet. */
  insideNetworks: ['198.18.1.0/24', '198.18.2.0/24', '198.18.3.0/24', '198.18.4.0/24', '198.18.130.0/24'],
  outsideNetwork: '198.19.0.0/17',
} as const;

/**
 * Addresses of IPv6 in a lab whose site speaks of them, for what has an address of IPv4: that stands in the last
 * four bytes. In the range for documentation (RFC 3849), which nobody has and nobody routes.
 */
export const ipv6Network = '2001:db8:1ab::/96';
const ipv6Bytes = ipaddr.parseCIDR(ipv6Network)[0].toByteArray().slice(0, 12);

/** The address of IPv6 beside one of IPv4. */
export function ipv6Of(address: string): string {
  return ipaddr.fromByteArray([...ipv6Bytes, ...ipaddr.IPv4.parse(address).toByteArray()]).toString();
}

/** The address of IPv4 beside one of IPv6; undefined: it is none of the lab's. */
export function ipv4Of(address: string): string | undefined {
  if (!ipaddr.IPv6.isValid(address)) return undefined;
  const bytes = ipaddr.IPv6.parse(address).toByteArray();
  if (!ipv6Bytes.every((byte, at) => bytes[at] === byte)) return undefined;
  return ipaddr.fromByteArray(bytes.slice(12)).toString();
}

/** The address of a site's server, by its position from 0. */
export function serverAddress(index: number): string {
  return `198.18.1.${10 + index}`;
}

/** The address of the resolver that a server asks in place of the site's, by the server's position from 0. */
export function ownResolver(index: number): string {
  return `198.18.3.${130 + index}`;
}

/** The name server of the internet that answers as a server's own resolver lies. */
export function ownFaultyNames(index: number): string {
  return `198.19.3.${130 + index}`;
}
