import { methodTo } from '../../path/proxy-hop.js';
import { coversAll } from '../../policy/match-host.js';
import { entryName } from '../../site/host-entry.js';
import { hasPort, portRanges } from '../../site/port-list.js';
import type { Site } from '../../site/schema.js';
import type { FlowKind, Target } from '../request.js';
import { list } from './rules.js';

type Ports = NonNullable<Site['proxy']>['ports'];

/** The proxy's lists let documented hosts through. */
export const passProxy: FlowKind = {
  kind: 'pass-proxy',
  of: ({ hop }) => (hop.device === 'proxy' && hop.result === 'proxy-403' ? { device: 'proxy' } : undefined),
  grant({ targets, rules }, site) {
    const { proxy } = site;
    if (!proxy) return site;
    const hosts = targets.map(({ host }) => host);
    return {
      ...site,
      proxy: {
        ...proxy,
        deny: proxy.deny.filter((entry) => !rules.includes(`deny ${entryName(entry)}`)),
        ...(proxy.allow && {
          allow: [
            ...proxy.allow,
            ...hosts.filter((host) => !proxy.allow?.some((one) => coversAll(one, host))),
          ],
        }),
        ports: withPorts(proxy.ports, targets, 'connect'),
        'plain-ports': withPorts(proxy['plain-ports'], targets, 'plain'),
      },
    };
  },
  words: ({ targets }) => `Let ${list(targets)} through the proxy.`,
};

function withPorts(open: Ports, targets: readonly Target[], method: ReturnType<typeof methodTo>): Ports {
  const ranges = portRanges(open);
  const wanted = targets.map(({ port }) => port).filter((port) => methodTo(port) === method);
  return [...open, ...new Set(wanted.filter((port) => !hasPort(ranges, port)))];
}
