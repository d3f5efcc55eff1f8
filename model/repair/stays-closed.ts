import type { WantedFlow } from '../path/flow.js';
import type { Internet } from '../path/public-host.js';
import { Walker } from '../path/walk.js';
import { askingsOf } from '../path/wanted.js';
import type { Hop } from '../path/way.js';
import { covers } from '../policy/match-host.js';
import { hostsAskedOf } from '../requirements/documented-hosts.js';
import type { Site } from '../site/schema.js';

/** A flow that a device of the customer stops. */
export interface StoppedFlow {
  flow: WantedFlow;
  by: Hop;
}

/** Where nothing of what a connector needs may listen, and where some of it does. */
const ports = [443, 80, 8080];
const ofCustomer: readonly Hop['device'][] = ['host-firewall', 'edge-firewall', 'proxy', 'parent-proxy'];

/**
 * A flow that no documented row asks for and that a firewall or a proxy of the site stops, before a change and
 * after it; undefined: there is none, because the site lets everything out.
 */
export function staysClosed(before: Site, after: Site, internet: Internet): StoppedFlow | undefined {
  const rows = hostsAskedOf(before);
  const isDocumented = (name: string, port: number) =>
    rows.some((row) => row.port === port && covers({ host: row.rule, match: row.match }, name));
  const [walkBefore, walkAfter] = [new Walker(before, internet), new Walker(after, internet)];
  for (const { server, account, stack, operation } of askingsOf(before))
    for (const { name } of internet.hosts)
      for (const port of ports) {
        if (isDocumented(name, port)) continue;
        const flow = { server, account, stack, host: name, port, operation };
        const by = stopper(walkAfter, flow);
        if (by && stopper(walkBefore, flow)) return { flow, by };
      }
  return undefined;
}

function stopper(walker: Walker, flow: WantedFlow): Hop | undefined {
  return walker.walk(flow).stops.find(({ device }) => ofCustomer.includes(device));
}
