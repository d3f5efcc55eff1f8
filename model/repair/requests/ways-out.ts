import type { WantedFlow } from '../../path/flow.js';
import { ProxyFinder } from '../../path/proxy-finder.js';
import type { Internet } from '../../path/public-host.js';
import { Walker } from '../../path/walk.js';
import { proxySettingOf } from '../../site/proxy-settings.js';
import type { ProxySetting, Site } from '../../site/schema.js';
import type { FlowStop } from '../request.js';
import { withServer } from './rules.js';

/** The site's proxy for every host. */
export const everything = { bypass: [] } satisfies ProxySetting;

/** What the stack that wants a flow is told, and what came of it; undefined: it asks for no proxy at all. */
export function toldOf({ flow }: FlowStop['way'], site: Site, internet: Internet) {
  const server = site.servers.find(({ name }) => name === flow.server);
  if (flow.direct || !server) return undefined;
  const { ways, said } = new ProxyFinder(site, () => internet).find(flow);
  const way = ways.at(-1) ?? 'direct';
  return { setting: proxySettingOf(site, server, flow.stack), way, said };
}

/** Whether a hop ends a flow on its way out of the server, before any device that a proxy would not meet. */
export function isClosed({ hop, way: { flow } }: FlowStop): boolean {
  return hop.from === flow.server && (hop.device === 'edge-firewall' || hop.device === 'host-firewall');
}

/**
 * Whether a flow comes through where its stack is told something else. Of a host that does not exist yet
 * nobody can say it.
 */
export function wouldComeThrough(
  flow: WantedFlow,
  setting: ProxySetting,
  site: Site,
  internet: Internet,
): boolean {
  const other = withServer(site, flow.server, (server) => ({
    ...server,
    'proxy-settings': { ...server['proxy-settings'], [flow.stack]: setting },
  }));
  return new Walker(other, internet).walk(flow).stops.length === 0 || !internet.find(flow.host);
}
