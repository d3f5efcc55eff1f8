import type { Server, Site } from '../site/schema.js';

/** The servers whose connectors serve a group: those placed there; for `Default`, those placed nowhere too. */
export function serversOfGroup(site: Site, group: string): Server[] {
  const groups = site['connector-groups'];
  const placed = new Set(groups.flatMap(({ servers }) => servers));
  const own = groups.filter(({ name }) => name === group).flatMap(({ servers }) => servers);
  return site.servers.filter(({ name }) => own.includes(name) || (group === 'Default' && !placed.has(name)));
}
