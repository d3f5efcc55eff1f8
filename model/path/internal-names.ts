import { isAddress } from '../site/address-range.js';
import type { SiteAddresses } from '../site/addresses.js';
import { fullName } from '../site/full-name.js';
import { inspectionListUrl } from '../site/inspection-list.js';
import { isOwnMachine } from '../site/runs-on.js';
import type { Site } from '../site/schema.js';

/** Hosts whose addresses a site's resolver knows by itself, by their full names, in lower case. */
export function internalNames(
  site: Site,
  { applications, proxy, parentProxy, inspectionList }: SiteAddresses,
): ReadonlyMap<string, string> {
  const { resolver, proxy: settings, inspection } = site;
  const [proxyHost = ''] = settings?.address.split(':') ?? [];
  const [parentHost = ''] = settings?.parent?.address.split(':') ?? [];
  const names: [name: string, address: string][] = [
    ...Object.entries(resolver.zones).filter(([, place]) => isAddress(place)),
    ...applications,
    ...(proxy ? [[proxyHost, proxy] satisfies [string, string]] : []),
    ...(parentProxy ? [[parentHost, parentProxy] satisfies [string, string]] : []),
    ...(inspection ? [[new URL(inspectionListUrl).hostname, inspectionList] satisfies [string, string]] : []),
  ];
  const isHost = (name: string) => !isAddress(name) && !isOwnMachine(name) && !/[*/:]/.test(name);
  return new Map(
    names.flatMap(([name, address]) => (isHost(name) ? [[fullName(site, name), address] as const] : [])),
  );
}
