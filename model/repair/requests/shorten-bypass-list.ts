import type { FlowKind } from '../request.js';
import { everything, isClosed, toldOf, wouldComeThrough } from './ways-out.js';

/** A bypass list keeps hosts from the proxy that nothing but the proxy leads to. */
export const shortenBypassList: FlowKind = {
  kind: 'shorten-bypass-list',
  of(stop, site, internet) {
    const told = isClosed(stop) ? toldOf(stop.way, site, internet) : undefined;
    const [, entry] = /^bypass (.+)$/.exec(told?.said?.rule ?? '') ?? [];
    if (!told?.said || entry === undefined) return undefined;
    if (!wouldComeThrough(stop.way.flow, everything, site, internet)) return undefined;
    return {
      ...{ device: 'server', setting: entry, requirements: ['hidden/proxy-for-every-stack'] },
      reasons: [told.said.explanation, stop.hop.explanation],
    };
  },
  grant({ setting: entry, servers, stacks }, site) {
    const shorter = (list: readonly string[]) => list.filter((one) => one !== entry);
    return {
      ...site,
      ...(site.proxy && { proxy: { ...site.proxy, bypass: shorter(site.proxy.bypass) } }),
      servers: site.servers.map((server) => {
        if (!servers.includes(server.name)) return server;
        const settings = { ...server['proxy-settings'] };
        for (const stack of stacks) {
          const own = settings[stack];
          if (typeof own === 'object' && 'bypass' in own) settings[stack] = { bypass: shorter(own.bypass) };
        }
        return { ...server, 'proxy-settings': settings };
      }),
    };
  },
  words: ({ setting, servers, stacks }) =>
    `Take ${setting} off the bypass list of the ${stacks.join(', ')} stack of ${servers.join(', ')}.`,
};
