import type { ResolverStage } from '../../../../docker/agent/devices/gateway-device.js';
import type { CloudHost } from '../../../../mocks/zone.js';
import type { Present } from './containers-device.js';
import { dnsmasqConfiguration, type Upstream } from './dnsmasq.js';
import { compileEdges } from './edge-firewall.js';

/** The site's resolver, from when on firewalls learn of it that have lost their names. */
export function resolverStages(
  present: Present,
  upstream: Upstream,
  zone: readonly CloudHost[],
): ResolverStage[] {
  const edges = compileEdges(present);
  const lostFor = (one: (typeof edges)[number]) => one.firewall['names-lost-for'] ?? 0;
  const times = [...new Set([0, ...edges.map(lostFor)])].sort((one, other) => one - other);
  return times.map((after) => {
    const names = edges.filter((one) => lostFor(one) <= after).flatMap((one) => one.names);
    return { after, configuration: dnsmasqConfiguration(present, upstream, names, zone) };
  });
}
