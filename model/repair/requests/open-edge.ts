import { edgeFirewalls, withEdgeFirewalls } from '../../site/edge-firewalls.js';
import { isProxyMachine } from '../../site/proxies.js';
import type { Site } from '../../site/schema.js';
import type { FlowKind, FlowStop } from '../request.js';
import { list, openings, placeOfProxy } from './rules.js';

const applicationRules = 'application-rules';

/** A firewall at the edge lets documented hosts through. */
export const openEdge: FlowKind = {
  kind: 'open-edge',
  // The proxy's own traffic is nobody's in particular: no server is named for it.
  of: (stop, site) => {
    const { hop, target } = stop;
    if (hop.device !== 'edge-firewall') return undefined;
    const { proxy } = site;
    return {
      device: 'edge-firewall',
      ...(hop.firewall !== undefined && { firewall: hop.firewall }),
      ...(isProxyMachine(hop.from) && { server: hop.from }),
      ...(isOfApplications(stop, site) && { setting: applicationRules }),
      targets: [hop.result === 'proxy-unreachable' && proxy ? placeOfProxy(proxy) : target],
    };
  },
  grant: (request, site) =>
    withEdgeFirewalls(
      site,
      (firewall) => {
        const { rules } = firewall;
        if (request.setting !== applicationRules)
          return { ...firewall, rules: [...openings(request), ...rules] };
        const own = openings(request).map((rule) => ({ ...rule, layer: 'application' as const }));
        const isBehind = ({ layer }: (typeof rules)[number]) => layer !== undefined;
        const [network, behind] = [rules.filter((rule) => !isBehind(rule)), rules.filter(isBehind)];
        return { ...firewall, rules: [...network, ...own, ...behind] };
      },
      request.firewall,
    ),
  words: ({ targets, servers, server, firewall, setting }) => {
    const where = firewall === undefined ? 'the edge firewall' : `the firewall "${firewall}"`;
    const among = setting === applicationRules ? `among the application rules of ${where}` : `at ${where}`;
    return `Open ${list(targets)} ${among}, outbound, from ${server ?? servers.join(', ')}.`;
  },
};

/** Whether no rule before the application rules decides, where a firewall has some. */
function isOfApplications({ hop }: FlowStop, site: Site): boolean {
  const firewall = edgeFirewalls(site).find(({ name }) => name === hop.firewall);
  if (!firewall?.rules.some(({ layer }) => layer !== undefined)) return false;
  return hop.index === undefined || firewall.rules[hop.index]?.layer !== undefined;
}
