import type { WireRoot } from '../../../docker/agent/wire-root.js';
import type { ResultName } from '../../../model/evidence/vocabulary.js';
import type { SiteAddresses } from '../../../model/site/addresses.js';
import { type ProxyMachine, proxiesOf, type SiteProxy } from '../../../model/site/proxies.js';
import type { Site } from '../../../model/site/schema.js';
import { proxyMachineSettings } from './devices/squid.js';
import type { Machines } from './machines.js';

/**
 * The proxies of a site, the last of them first: squid takes a parent that does not listen for dead. Returns
 * the inspecting authority's certificate, where the proxy inspects.
 */
export async function installProxies(
  machines: Machines,
  site: Site,
  addresses: SiteAddresses,
  startAt: number,
): Promise<WireRoot | null> {
  const [proxy, parent] = proxiesOf(site);
  const settings = (one: SiteProxy | undefined) =>
    one ? proxyMachineSettings(site, addresses, one, startAt) : null;
  if (await machines.withParentProxy(parent !== undefined))
    await machines.parentProxy.configure(settings(parent));
  return machines.proxy.configure(settings(proxy));
}

/**
 * squid hears of a refusal from the kernel, and would wait for silence to end; or for a firewall that reads names,
 * which holds what it resets.
 */
export async function endAtProxy(
  { proxy, parentProxy }: Machines,
  machine: ProxyMachine,
  connection: string,
  result: ResultName,
): Promise<void> {
  if (result === 'tcp-drop' || result === 'tcp-reset')
    await (machine === 'proxy' ? proxy : parentProxy).endAttempt(connection);
}
