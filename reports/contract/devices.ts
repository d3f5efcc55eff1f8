import { type Device, devices } from '../../model/evidence/vocabulary.js';
import { linkRules } from '../../model/site/link-rules.js';
import type { Site } from '../../model/site/schema.js';
import type { DrawnDevice } from './report.js';

/**
 * The devices in path order. A device that the control's site lacks is there all the same when it
 * saw a connection: the change brought it.
 */
export function devicesOf(site: Site, seen: ReadonlySet<Device>): DrawnDevice[] {
  return devices.flatMap((device): DrawnDevice[] => {
    // Servers and hosts of the cloud have columns of their own.
    if (device === 'server' || device === 'cloud') return [];
    const note = noteOf(device, site);
    const label = device === 'application-host' ? 'application' : device.replace('-', ' ');
    return note !== undefined || seen.has(device) ? [{ device, label, note: note ?? 'in the change' }] : [];
  });
}

/** What stands beside a device in a drawing; undefined where the site has none. */
function noteOf(device: Exclude<Device, 'server' | 'cloud'>, site: Site): string | undefined {
  switch (device) {
    case 'host-firewall':
      return `default ${site.servers[0]?.['host-firewall'].default ?? 'allow'}`;
    case 'proxy':
      return site.proxy?.address;
    case 'parent-proxy':
      return site.proxy?.parent?.address;
    case 'edge-firewall':
      return site.firewalls?.map(({ name }) => name ?? '').join(', ') ?? `default ${site.firewall.default}`;
    case 'syn-proxy':
      return site['syn-proxy'] && 'answers TCP itself';
    case 'inspector':
      return site.inspection?.authority;
    case 'link':
      return Object.values(linkRules(site.link)).join(', ') || undefined;
    // They are part of every site, and nothing to draw unless something went on there.
    case 'resolver':
    case 'application-host':
      return undefined;
  }
}
