import { methodTo } from '../../path/proxy-hop.js';
import { coversAll } from '../../policy/match-host.js';
import { entryName } from '../../site/host-entry.js';
import { hasPort, portRanges } from '../../site/port-list.js';
import { isProxyMachine } from '../../site/proxies.js';
import type { Site } from '../../site/schema.js';
import type { FlowKind, Target } from '../request.js';
import { list, proxyInWords, withProxy } from './rules.js';

type Ports = NonNullable<Site['proxy']>['ports'];

/** The proxy's lists let documented hosts through. */
export const passProxy: FlowKind = {
  kind: 'pass-proxy',
  of: ({ hop }) =>
    isProxyMachine(hop.device) && hop.action === 'refuse' ? { device: hop.device } : undefined,
  grant({ device, targets, rules }, site) {
    const hosts = targets.map(({ host }) => host);
    return withProxy(site, device, (proxy) => ({
      ...proxy,
      deny: proxy.deny.filter((entry) => !rules.includes(`deny ${entryName(entry)}`)),
      ...(proxy.allow && {
        allow: [...proxy.allow, ...hosts.filter((host) => !proxy.allow?.some((one) => coversAll(one, host)))],
      }),
      ports: withPorts(proxy.ports, targets, 'connect'),
      'plain-ports': withPorts(proxy['plain-ports'], targets, 'plain'),
    }));
  },
  words: ({ device, targets }) => `Let ${list(targets)} through ${proxyInWords(device)}.`,
};

function withPorts(open: Ports, targets: readonly Target[], method: ReturnType<typeof methodTo>): Ports {
  const ranges = portRanges(open);
  const wanted = targets.map(({ port }) => port).filter((port) => methodTo(port) === method);
  return [...open, ...new Set(wanted.filter((port) => !hasPort(ranges, port)))];
}
