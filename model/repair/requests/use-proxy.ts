import type { StackName } from '../../evidence/vocabulary.js';
import type { Site } from '../../site/schema.js';
import type { FlowKind } from '../request.js';
import { everything, isClosed, toldOf, wouldComeThrough } from './ways-out.js';

/** A stack of the servers is told of the proxy that the site has, where nothing else tells it of one. */
export const useProxy: FlowKind = {
  kind: 'use-proxy',
  of(stop, site, internet) {
    const { flow } = stop.way;
    const told = isClosed(stop) ? toldOf(stop.way, site, internet) : undefined;
    const isAlone = told?.setting === 'direct' || (told?.setting === 'wpad' && site.wpad?.file === undefined);
    // Only where the proxy is the way out that this flow lacks.
    if (!site.proxy || !isAlone || !wouldComeThrough(flow, everything, site, internet)) return undefined;
    return {
      ...{ device: 'server', setting: flow.stack },
      ...{ place: site.proxy.address, requirements: ['hidden/proxy-for-every-stack'] },
      reasons: [
        told?.said?.explanation ?? `the ${flow.stack} stack is told of no proxy`,
        stop.hop.explanation,
      ],
    };
  },
  grant: ({ setting, servers }, site) => withStack(site, setting as StackName, servers),
  words: ({ setting, servers, place }) =>
    `Give the ${setting} stack of ${servers.join(', ')} the proxy ${place}.`,
};

function withStack(site: Site, stack: StackName, names: readonly string[]): Site {
  const { proxy, wpad } = site;
  if (!proxy) return site;
  const usedBy = proxy['used-by'];
  return {
    ...site,
    proxy: { ...proxy, ...(usedBy && !usedBy.includes(stack) && { 'used-by': [...usedBy, stack] }) },
    ...(wpad && { wpad: { ...wpad, 'used-by': wpad['used-by'].filter((one) => one !== stack) } }),
    servers: site.servers.map((server) =>
      names.includes(server.name) && server['proxy-settings'][stack]
        ? { ...server, 'proxy-settings': { ...server['proxy-settings'], [stack]: 'proxy' as const } }
        : server,
    ),
  };
}
