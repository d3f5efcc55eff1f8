import type { Site } from '../../harness/site/schema.js';
import type { PathRow } from '../path-rows.js';

/** One device on the way from the server to the cloud. */
export interface Column {
  device: string;
  label: string;
  note: string;
}

/**
 * The devices in path order. A device that the control's site lacks has a column all the same when
 * it decided: the change brought it.
 */
export function columnsOf(site: Site, rows: readonly PathRow[]): Column[] {
  const [server] = site.servers;
  const decided = (device: string) => rows.some(({ result }) => result.device === device);
  const columns: (Column | false | undefined)[] = [
    {
      device: 'server',
      label: site.servers.length > 1 ? `${site.servers.length} servers` : (server?.name ?? 'server'),
      note: server?.windows ?? '',
    },
    decided('resolver') && { device: 'resolver', label: 'resolver', note: 'answers names' },
    {
      device: 'host-firewall',
      label: 'host firewall',
      note: `default ${server?.['host-firewall'].default ?? 'allow'}`,
    },
    decided('application-host') && { device: 'application-host', label: 'application', note: 'in the site' },
    (site.proxy !== undefined || decided('proxy')) && {
      device: 'proxy',
      label: 'proxy',
      note: site.proxy?.address ?? 'in the change',
    },
    { device: 'edge-firewall', label: 'edge firewall', note: `default ${site.firewall.default}` },
    (site.inspection !== undefined || decided('inspector')) && {
      device: 'inspector',
      label: 'inspector',
      note: site.inspection?.authority ?? 'in the change',
    },
    (site.link['idle-timeout'] !== undefined || decided('link')) && {
      device: 'link',
      label: 'link',
      note: 'forgets idle entries',
    },
  ];
  return columns.filter((column) => column !== false && column !== undefined);
}
