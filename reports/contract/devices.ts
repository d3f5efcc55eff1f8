import { linkRules } from '../../model/site/link-rules.js';
import type { Site } from '../../model/site/schema.js';
import type { Device } from './report.js';

/**
 * The devices in path order. A device that the control's site lacks is there all the same when it
 * saw a connection: the change brought it.
 */
export function devicesOf(site: Site, seen: ReadonlySet<string>): Device[] {
  const [server] = site.servers;
  const linkNote = Object.values(linkRules(site.link)).join(', ');
  const known: (Device | false | undefined)[] = [
    seen.has('resolver') && { device: 'resolver', label: 'resolver', note: 'answers names' },
    {
      device: 'host-firewall',
      label: 'host firewall',
      note: `default ${server?.['host-firewall'].default ?? 'allow'}`,
    },
    seen.has('application-host') && { device: 'application-host', label: 'application', note: 'in the site' },
    (site.proxy !== undefined || seen.has('proxy')) && {
      device: 'proxy',
      label: 'proxy',
      note: site.proxy?.address ?? 'in the change',
    },
    { device: 'edge-firewall', label: 'edge firewall', note: `default ${site.firewall.default}` },
    (site.inspection !== undefined || seen.has('inspector')) && {
      device: 'inspector',
      label: 'inspector',
      note: site.inspection?.authority ?? 'in the change',
    },
    (linkNote !== '' || seen.has('link')) && {
      device: 'link',
      label: 'link',
      note: linkNote || 'in the change',
    },
  ];
  const devices = known.filter((one) => one !== false && one !== undefined);
  const names = new Set(['server', 'cloud', ...devices.map(({ device }) => device)]);
  const others = [...seen].filter((device) => !names.has(device));
  return [...devices, ...others.map((device) => ({ device, label: device, note: 'in the change' }))];
}
