import type { ResolverSettings, ResolverStage } from '../../../../docker/agent/devices/gateway-device.js';
import type { CloudHost } from '../../../../mocks/zone.js';
import { resolverAskedBy } from '../../../../model/policy/own-resolver.js';
import { addressPlan, ownFaultyNames, ownResolver } from '../../../../model/site/address-plan.js';
import type { Present } from './containers-device.js';
import { dnsmasqConfiguration, type NameServerPlace } from './dnsmasq.js';
import { compileEdges } from './edge-firewall.js';

/** The site's resolver, and those that single servers ask. */
export function resolverSettings(present: Present, zone: readonly CloudHost[]): ResolverSettings[] {
  const { site, addresses } = present;
  const { names: address, faultyNames: faulty } = addressPlan;
  const sites: NameServerPlace = {
    ...{ settings: site.resolver, knowsSite: true },
    ...{ address: addresses.resolver, upstream: { address, faulty } },
  };
  const own = site.servers.flatMap(({ name, resolver }, index): NameServerPlace[] => {
    const upstream = { address, faulty: ownFaultyNames(index) };
    return resolver ? [{ ...resolverAskedBy(name, site), address: ownResolver(index), upstream }] : [];
  });
  return [sites, ...own].map((place) => ({
    ...(place.of !== undefined && { of: place.of }),
    ...{ address: place.address, settings: place.settings, stages: stagesOf(present, place, zone) },
  }));
}

/** A resolver, from when on firewalls learn of it that have lost their names. */
function stagesOf(present: Present, place: NameServerPlace, zone: readonly CloudHost[]): ResolverStage[] {
  const edges = compileEdges(present);
  const lostFor = (one: (typeof edges)[number]) => one.firewall['names-lost-for'] ?? 0;
  const times = [...new Set([0, ...edges.map(lostFor)])].sort((one, other) => one - other);
  return times.map((after) => {
    const names = edges.filter((one) => lostFor(one) <= after).flatMap((one) => one.names);
    return { after, configuration: dnsmasqConfiguration(present, place, names, zone) };
  });
}
