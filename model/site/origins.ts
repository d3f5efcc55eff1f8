import { serverAddress } from './address-plan.js';
import { inRange, rangeOf } from './address-range.js';
import { withEdgeFirewalls } from './edge-firewalls.js';
import { proxiesOf } from './proxies.js';
import type { Rule, Site } from './schema.js';

type Machines = Pick<Site, 'servers' | 'proxy'>;

/** The machines that a rule of a firewall can be about, with their addresses in the lab. */
export function machinesOf(site: Machines): Map<string, string> {
  return new Map([
    ...site.servers.map(({ name }, index): [string, string] => [name, serverAddress(index)]),
    ...proxiesOf(site).map(({ machine, address }): [string, string] => [machine, address]),
  ]);
}

/** The names of the machines that are meant by a name or by addresses; of addresses perhaps none. */
export function machinesAt(from: string, machines: ReadonlyMap<string, string>): string[] {
  const range = machines.has(from) ? undefined : rangeOf(from);
  if (!range) return [from];
  return [...machines].flatMap(([name, address]) => (inRange(address, range) ? name : []));
}

/** The site with names of machines in the place of their addresses, so that nothing else has to know these. */
export function withOrigins(site: Site): Site {
  const machines = machinesOf(site);
  const named = <R extends Pick<Rule, 'from'>>(rule: R): R => {
    if (rule.from === undefined) return rule;
    const found = [...new Set([rule.from].flat().flatMap((from) => machinesAt(from, machines)))];
    // A rule about nobody's addresses stays: it fits nothing.
    const [one] = found;
    return found.length === 0
      ? rule
      : { ...rule, from: found.length === 1 && one !== undefined ? one : found };
  };
  return {
    ...withEdgeFirewalls(site, (one) => ({ ...one, rules: one.rules.map(named) })),
    servers: site.servers.map((server) => {
      const own = server['host-firewall'];
      return { ...server, 'host-firewall': { ...own, rules: own.rules.map(named) } };
    }),
    ...(site.proxy && { proxy: { ...site.proxy, rules: site.proxy.rules.map(named) } }),
  };
}
