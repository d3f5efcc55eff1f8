import type { StackName } from '../../evidence/vocabulary.js';
import { Walker } from '../../path/walk.js';
import type { Site } from '../../site/schema.js';
import type { FlowKind } from '../request.js';

/** A stack of the servers is told of the proxy that the site has. */
export const useProxy: FlowKind = {
  kind: 'use-proxy',
  of({ hop, way: { flow } }, site, internet) {
    const isClosed = hop.device === 'edge-firewall' || hop.device === 'host-firewall';
    if (!isClosed || flow.direct || !site.proxy || site.proxy['used-by'].includes(flow.stack))
      return undefined;
    // Only where the proxy is the way out that this flow lacks.
    const byProxy = new Walker(withStack(site, flow.stack), internet).walk(flow);
    if (byProxy.stops.length > 0 && internet.find(flow.host)) return undefined;
    return {
      ...{ device: 'server', setting: flow.stack },
      ...{ place: site.proxy.address, requirements: ['hidden/proxy-for-every-stack'] },
    };
  },
  grant: ({ setting }, site) => withStack(site, setting as StackName),
  words: ({ setting, servers, place }) =>
    `Give the ${setting} stack of ${servers.join(', ')} the proxy ${place}.`,
};

function withStack(site: Site, stack: StackName): Site {
  const { proxy } = site;
  if (!proxy || proxy['used-by'].includes(stack)) return site;
  return { ...site, proxy: { ...proxy, 'used-by': [...proxy['used-by'], stack] } };
}
