import type { Placed } from './placed.js';
import type { Site } from './schema.js';

/** Names that are there twice, where each has to mean one thing. */
export function repeatedNames(site: Site): Placed[] {
  const access = site['private-access'];
  return [
    ...second(site.servers, ['servers'], 'name', 'server'),
    ...second(site.firewalls ?? [], ['firewalls'], 'name', 'firewall'),
    ...second(site['connector-groups'], ['connector-groups'], 'name', 'connector group'),
    ...twoGroups(site),
    ...second(site.applications, ['applications'], 'name', 'application'),
    ...second(site.applications, ['applications'], 'external', 'application at'),
    ...second(site.tenant.users, ['tenant', 'users'], 'name', 'user'),
    ...second(site.tenant.clients, ['tenant', 'clients'], 'id', 'client'),
    ...second(
      site.cloud['hybrid-connections'],
      ['cloud', 'hybrid-connections'],
      'path',
      'hybrid connection at',
    ),
    ...second(access?.applications ?? [], ['private-access', 'applications'], 'name', 'application'),
    ...second(access?.resources ?? [], ['private-access', 'resources'], 'host', 'resource'),
  ];
}

function second<K extends string>(
  list: readonly Record<K, string>[],
  path: readonly PropertyKey[],
  key: K,
  what: string,
): Placed[] {
  const seen = new Set<string>();
  return list.flatMap((entry, index) => {
    const name = entry[key].toLowerCase();
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    const verb = what.endsWith(' at') ? '' : ' called';
    return [{ path: [...path, index, key], message: `a second ${what}${verb} "${entry[key]}"` }];
  });
}

/** A connector is in one group. */
function twoGroups(site: Site): Placed[] {
  const groupOf = new Map<string, string>();
  return site['connector-groups'].flatMap(({ name, servers }, at) =>
    servers.flatMap((server, index) => {
      const known = groupOf.get(server);
      groupOf.set(server, known ?? name);
      if (known === undefined) return [];
      const message = `"${server}" is in the group "${known}" already; a server is in one`;
      return [{ path: ['connector-groups', at, 'servers', index], message }];
    }),
  );
}
