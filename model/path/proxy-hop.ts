import { decideProxy, nearestOfProxy } from '../policy/proxy.js';
import type { SiteProxy } from '../site/proxies.js';
import type { WantedFlow } from './flow.js';
import type { HopOptions } from './sender.js';
import type { Hop } from './way.js';

const seen = { allow: undefined, refuse: 'proxy-403', challenge: 'proxy-407' } as const;

/** What a proxy of the site makes of what it is asked for. */
export function proxyHop(
  { machine, settings: proxy }: SiteProxy,
  { host, port, account }: Pick<WantedFlow, 'host' | 'port'> & Partial<Pick<WantedFlow, 'account'>>,
  options: HopOptions,
): Hop {
  const asked = { host, port, account, method: methodTo(port) };
  const { action, rule, explanation } = decideProxy(proxy, asked, false);
  const result = seen[action];
  const near = options.nearest && action !== 'allow' ? nearestOfProxy(proxy, action, host) : undefined;
  return {
    ...{ device: machine, from: machine, action, rule, explanation },
    ...(result && { result }),
    ...(near && { near }),
  };
}

/** How Windows asks a proxy: for pages in the clear on port 80, for a tunnel everywhere else. */
export function methodTo(port: number): 'connect' | 'plain' {
  return port === 80 ? 'plain' : 'connect';
}
