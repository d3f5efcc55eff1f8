import { edgeFirewalls } from './edge-firewalls.js';
import { faultEntry, type HostEntry } from './host-entry.js';
import { proxiesOf } from './proxies.js';
import { proxyEntryOf } from './proxy-rule-schema.js';
import type { Site } from './schema.js';

/** The entries of all lists of hosts that devices of a site have, those of rules of firewalls aside. */
export function hostEntries(site: Site): HostEntry[] {
  const { proxy, inspection, resolver, 'syn-proxy': synProxy } = site;
  return [
    ...proxiesOf({ proxy }).flatMap(({ settings }) =>
      settings.rules.flatMap((rule) => [proxyEntryOf(rule), ...rule.except]),
    ),
    ...(inspection?.only ?? []),
    ...(inspection?.except ?? []),
    ...(inspection?.['block-page'] ?? []),
    ...resolver.faults.map(faultEntry),
    ...site.servers.flatMap((server) => [
      ...(server.resolver?.faults ?? []).map(faultEntry),
      ...Object.keys(server.hosts),
    ]),
    ...(synProxy?.resets ?? []),
    ...edgeFirewalls(site).flatMap((firewall) => firewall['other-answers']),
  ];
}
