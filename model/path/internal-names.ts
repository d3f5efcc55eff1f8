import { isAddress } from '../site/address-range.js';
import type { SiteAddresses } from '../site/addresses.js';
import { canonical } from '../site/host-name.js';
import { inspectionListUrl } from '../site/inspection-list.js';
import type { Site } from '../site/schema.js';

/** Hosts whose addresses a site's resolver knows by itself, in lower case. */
export function internalNames(
  { resolver, proxy: settings, inspection }: Site,
  { applications, proxy, parentProxy, inspectionList }: SiteAddresses,
): ReadonlyMap<string, string> {
  const [proxyHost = ''] = settings?.address.split(':') ?? [];
  const [parentHost = ''] = settings?.parent?.address.split(':') ?? [];
  const names: [name: string, address: string][] = [
    ...Object.entries(resolver.zones).filter(([, place]) => isAddress(place)),
    ...applications,
    ...(proxy ? [[proxyHost, proxy] satisfies [string, string]] : []),
    ...(parentProxy ? [[parentHost, parentProxy] satisfies [string, string]] : []),
    ...(inspection ? [[new URL(inspectionListUrl).hostname, inspectionList] satisfies [string, string]] : []),
  ];
  const isHost = (name: string) => !isAddress(name) && !/[*/:]/.test(name);
  return new Map(
    names.flatMap(([name, address]) => (isHost(name) ? [[canonical(name), address] as const] : [])),
  );
}
