import { addressPlan } from './address-plan.js';
import { isAddress } from './address-range.js';
import type { ParentProxy, Proxy as ProxySettings } from './proxy-schema.js';
import type { Site } from './schema.js';

/** Machines of proxies, by which rules of firewalls call them; those of evidence have the same names. */
const proxyMachines = ['proxy', 'parent-proxy'] as const;
export type ProxyMachine = (typeof proxyMachines)[number];

export function isProxyMachine(name: string): name is ProxyMachine {
  return (proxyMachines as readonly string[]).includes(name);
}

/** A proxy of a site, with where it listens in the lab. */
export interface SiteProxy {
  machine: ProxyMachine;
  settings: ProxySettings | ParentProxy;
  address: string;
  port: number;
}

/** The proxies of a site, in the order in which a request meets them; none, or one, or it and its parent. */
export function proxiesOf({ proxy }: Pick<Site, 'proxy'>): SiteProxy[] {
  if (!proxy) return [];
  const own = { machine: 'proxy', settings: proxy, ...proxyPlace(proxy.address, addressPlan.proxy) } as const;
  if (!proxy.parent) return [own];
  const place = proxyPlace(proxy.parent.address, addressPlan.parentProxy);
  return [own, { machine: 'parent-proxy', settings: proxy.parent, ...place }];
}

function proxyPlace(written: string, address: string): { address: string; port: number } {
  const [host = '', port = ''] = written.split(':');
  return { address: isAddress(host) ? host : address, port: Number(port) };
}
