import type { GatewaySettings, ServerSettings, WireRoot } from '../../../docker/agent/roles.js';
import { cloudZone } from '../../../mocks/cloud/hosts.js';
import type { SiteAddresses } from '../../../model/site/addresses.js';
import type { Server, Site } from '../../../model/site/schema.js';
import { dnsmasqConfiguration } from './dnsmasq.js';
import { labAddresses } from './machines.js';
import { addressesByName, gatewayRuleset, serverRuleset } from './rulesets.js';
import { sniFirewallConfiguration } from './sni-firewall.js';

/** What the gateway is told of a site. `startAt`: the lab's clock, milliseconds since 1970. */
export function gatewaySettings(site: Site, addresses: SiteAddresses, startAt: number): GatewaySettings {
  const { firewall, inspection, link } = site;
  const { text, edge } = gatewayRuleset(site, addresses);
  const upstream = { address: labAddresses.names, faulty: labAddresses.faultyNames };
  const { resolver } = addresses;
  return {
    startAt,
    firewall: text,
    resolver: dnsmasqConfiguration(site, addresses, upstream, edge.names, cloudZone(site)),
    resolverAddress: resolver,
    inspectionListAddress: addresses.inspectionList,
    address: labAddresses.gatewayOutside,
    ...(inspection && { inspection }),
    ...(firewall['names-from'] === 'sni' && {
      sniFirewall: sniFirewallConfiguration(firewall, resolver, addressesByName(site, addresses)),
    }),
    ...(link['idle-timeout'] !== undefined && { idleTimeoutMs: link['idle-timeout'] }),
    ...((link.latency > 0 || link.rate !== undefined) && {
      link: { latencyMs: link.latency, rate: link.rate },
    }),
  };
}

/** Of the lab, what every server is told. */
interface ServerLab {
  startAt: number;
  roots: WireRoot[];
  /** The inspecting authority, where there is one. */
  authority: WireRoot | null;
}

/** What a server is told of a site. */
export function serverSettings(
  site: Site,
  server: Server,
  addresses: SiteAddresses,
  { startAt, roots, authority }: ServerLab,
): ServerSettings {
  const { text, host } = serverRuleset(site, server, addresses);
  const trusted = site.inspection?.['trusted-by-server'] && authority;
  return {
    server,
    site,
    startAt,
    roots,
    firewall: text,
    learn: host.names,
    address: addresses.servers.get(server.name) ?? '',
    resolver: addresses.resolver,
    onLink: [...addresses.applications.values(), ...(addresses.proxy ? [addresses.proxy] : [])],
    ...(trusted && { inspectionRoot: trusted }),
  };
}
