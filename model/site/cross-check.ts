import { noAddress, placeApplications } from './addresses.js';
import { crossCheckAccess } from './cross-check-access.js';
import { crossCheckApplications } from './cross-check-applications.js';
import type { Placed } from './placed.js';
import { repeatedNames } from './repeated.js';
import type { Rule, Site } from './schema.js';
import { unknownWord } from './unknown-word.js';
import { wrongDestinations } from './wrong-destinations.js';

/** What a schema cannot say: references between parts, versions that never were, impossible rules. */
export function crossCheck(site: Site): Placed[] {
  return [
    ...repeatedNames(site),
    ...groups(site),
    ...administrators(site),
    ...crossCheckAccess(site),
    ...crossCheckApplications(site),
    ...versions(site),
    ...places(site),
    ...site.firewall.rules.flatMap((rule, index) => origin(site, rule, ['firewall', 'rules', index])),
    ...site.servers.flatMap((server, at) =>
      server['host-firewall'].rules.flatMap((rule, index) =>
        originAtHost(server.name, rule, ['servers', at, 'host-firewall', 'rules', index]),
      ),
    ),
    ...wrongDestinations(site),
  ];
}

/** Who a rule of the edge is about has to be there, or it would fit nothing. */
function origin({ servers, proxy }: Site, { from }: Rule, path: readonly PropertyKey[]): Placed[] {
  const machines = [...servers.map(({ name }) => name), ...(proxy ? ['proxy'] : [])];
  if (from === undefined || machines.includes(from)) return [];
  return [{ path: [...path, 'from'], message: unknownWord('machine', from, machines) }];
}

function originAtHost(server: string, { from }: Rule, path: readonly PropertyKey[]): Placed[] {
  if (from === undefined || from === server) return [];
  const message = `the host firewall of "${server}" sees no packet of "${from}"; leave from out`;
  return [{ path: [...path, 'from'], message }];
}

/** Applications and private resources for which their network has no address. */
function places(site: Site): Placed[] {
  const { full } = placeApplications(site);
  const at = (host: string): readonly PropertyKey[] => {
    const index = site.applications.findIndex(({ internal }) => new URL(internal).hostname === host);
    if (index >= 0) return ['applications', index, 'internal'];
    const resources = site['private-access']?.resources ?? [];
    return ['private-access', 'resources', resources.findIndex((one) => one.host === host), 'host'];
  };
  return full.map(({ host, network }) => ({ path: at(host), message: noAddress(host, network) }));
}

function groups(site: Site): Placed[] {
  const servers = site.servers.map(({ name }) => name);
  const known = ['Default', ...site['connector-groups'].map(({ name }) => name)];
  return [
    ...site['connector-groups'].flatMap((group, at) =>
      group.servers.flatMap((name, index) =>
        servers.includes(name)
          ? []
          : [
              {
                path: ['connector-groups', at, 'servers', index],
                message: unknownWord('server', name, servers),
              },
            ],
      ),
    ),
    ...site.applications.flatMap(({ group }, index) =>
      known.includes(group)
        ? []
        : [{ path: ['applications', index, 'group'], message: unknownWord('connector group', group, known) }],
    ),
  ];
}

/** A name of another directory may be what the site is about; one of this directory has to exist. */
function administrators({ servers, tenant }: Site): Placed[] {
  const known = tenant.users.map(({ name }) => name);
  return servers.flatMap((server, index) => {
    const by = server['registered-by'];
    if (!by?.endsWith(`@${tenant.domain}`) || known.includes(by)) return [];
    return [{ path: ['servers', index, 'registered-by'], message: unknownWord('user', by, known) }];
  });
}

function versions(site: Site): Placed[] {
  return site.servers.flatMap((server, index): Placed[] => [
    ...(/^(2\.0|3\.[05]|4\.[5-8])(\.\d+)*$|^4\.0(\.\d+)*$/.test(server.dotnet)
      ? []
      : [
          {
            path: ['servers', index, 'dotnet'],
            message: `there is no .NET Framework ${server.dotnet}; versions go from 2.0 to 4.8.1`,
          },
        ]),
    ...(/^1\.5\.\d+\.\d+$/.test(server.connector)
      ? []
      : [
          {
            path: ['servers', index, 'connector'],
            message: `there is no connector ${server.connector}; versions look like 1.5.3437.0`,
          },
        ]),
  ]);
}
