import type { Site } from '../../harness/site/schema.js';

/** The group that a connector is in: `Default`, until somebody has assigned it to another. */
export function groupOf(site: Site, machineName: string): string {
  return site['connector-groups'].find(({ servers }) => servers.includes(machineName))?.name ?? 'Default';
}
