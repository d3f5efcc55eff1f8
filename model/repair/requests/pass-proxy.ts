import { covers } from '../../policy/match-host.js';
import { hasPort, portRanges } from '../../site/port-list.js';
import type { FlowKind } from '../request.js';
import { list } from './rules.js';

/** The proxy's lists let documented hosts through. */
export const passProxy: FlowKind = {
  kind: 'pass-proxy',
  of: ({ hop }) => (hop.device === 'proxy' && hop.result === 'proxy-403' ? { device: 'proxy' } : undefined),
  grant({ targets, rules }, site) {
    const { proxy } = site;
    if (!proxy) return site;
    const denied = new Set(rules.filter((rule) => rule.startsWith('deny ')).map((rule) => rule.slice(5)));
    const hosts = targets.map(({ host }) => host);
    const ports = targets.map(({ port }) => port);
    return {
      ...site,
      proxy: {
        ...proxy,
        deny: proxy.deny.filter((pattern) => !denied.has(pattern)),
        ...(proxy.allow && {
          allow: [...proxy.allow, ...hosts.filter((host) => !proxy.allow?.some((one) => covers(one, host)))],
        }),
        ports: [...proxy.ports, ...new Set(ports.filter((port) => !hasPort(portRanges(proxy.ports), port)))],
      },
    };
  },
  words: ({ targets }) => `Let ${list(targets)} through the proxy.`,
};
