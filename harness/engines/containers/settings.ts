import type { GatewaySettings } from '../../../docker/agent/devices/gateway-device.js';
import type { ServerSettings } from '../../../docker/agent/roles.js';
import type { WireRoot } from '../../../docker/agent/wire-root.js';
import { cloudZone } from '../../../mocks/cloud/hosts.js';
import { addressPlan, ownResolver } from '../../../model/site/address-plan.js';
import { isLoopback } from '../../../model/site/address-range.js';
import type { SiteAddresses } from '../../../model/site/addresses.js';
import { proxiesOf } from '../../../model/site/proxies.js';
import type { Server, Site } from '../../../model/site/schema.js';
import { dscpOf } from './devices/account-mark.js';
import type { Present } from './devices/containers-device.js';
import { compileHost } from './devices/host-firewall.js';
import { nameReader } from './devices/name-reader.js';
import { addressesByName } from './devices/nftables.js';
import { resolverSettings } from './devices/resolver-stages.js';
import { gatewayRuleset, serverRuleset } from './devices/rulesets.js';
import { sniFirewallConfiguration } from './devices/squid-peek.js';
import { SiteNames } from './site-names.js';

/** What the gateway is told of a site. `startAt`: the lab's clock, milliseconds since 1970. */
export function gatewaySettings(site: Site, addresses: SiteAddresses, startAt: number): GatewaySettings {
  const present = { site, addresses };
  const { resolver } = addresses;
  const reader = nameReader(site);
  return {
    site,
    startAt,
    firewall: gatewayRuleset(present),
    resolvers: resolverSettings(present, cloudZone(site)),
    ...(reader && {
      sniFirewall: sniFirewallConfiguration(reader, {
        // What reads names needs none: squid, which looks them up all the same, asks nobody whom the site can lame.
        resolver: addressPlan.names,
        addressOf: addressesByName(site, addresses),
        markOf: (account) => dscpOf(site, account),
      }),
    }),
    address: addressPlan.gatewayOutside,
    resolverAddress: resolver,
    inspectionListAddress: addresses.inspectionList,
  };
}

/** Of the lab, what every server is told. */
interface ServerLab {
  startAt: number;
  roots: WireRoot[];
  /** Authorities that its servers trust besides. */
  addedRoots: WireRoot[];
}

/** What a server is told of a site. */
export function serverSettings(
  site: Site,
  server: Server,
  addresses: SiteAddresses,
  { startAt, roots, addedRoots }: ServerLab,
): ServerSettings {
  const present = { site, addresses };
  return {
    server,
    site,
    startAt,
    roots,
    addedRoots,
    firewall: serverRuleset(present, server),
    learn: compileHost(present, server).names,
    address: addresses.servers.get(server.name) ?? '',
    resolver: server.resolver ? ownResolver(site.servers.indexOf(server)) : addresses.resolver,
    hosts: judgedLines(present, server),
    onLink: onLinkOf(site, addresses),
  };
}

/** What machines inside reach without the gateway. */
function onLinkOf(site: Site, addresses: SiteAddresses): string[] {
  return [...applicationHosts(addresses).values(), ...proxiesOf(site).map(({ address }) => address)];
}

/** Internal host → address, of those that are on no connector's server. */
export function applicationHosts({ applications, servers }: SiteAddresses): Map<string, string> {
  const own = new Set(servers.values());
  return new Map([...applications].filter(([, address]) => !own.has(address) && !isLoopback(address)));
}

/** Lines of a server's hosts file that mean something in a lab. */
function judgedLines(present: Present, { name, hosts }: Server): [host: string, address: string][] {
  const names = new SiteNames(present);
  return Object.entries(hosts).filter(([host]) => names.ask(name, host).device === 'server');
}
