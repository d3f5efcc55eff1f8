import { editionOf } from '../requirements/editions/index.js';
import { tooManyAccounts } from './accounts.js';
import { noAddress, placeApplications } from './addresses.js';
import { crossCheckAccess } from './cross-check-access.js';
import { crossCheckApplications } from './cross-check-applications.js';
import { crossCheckFirewalls } from './cross-check-firewalls.js';
import { crossCheckProxy } from './cross-check-proxy.js';
import type { Placed } from './placed.js';
import { repeatedNames } from './repeated.js';
import type { Site } from './schema.js';
import { unknownWord } from './unknown-word.js';
import { wrongDestinations } from './wrong-destinations.js';
import { wrongOrigins } from './wrong-origins.js';

/**
 * What a schema cannot say: references between parts, versions that never were, impossible rules.
 * `written`: the site as it stands in its file, so that places are those of the file.
 */
export function crossCheck(site: Site, written: unknown = site): Placed[] {
  return [
    ...repeatedNames(site),
    ...editions(site),
    ...groups(site),
    ...administrators(site),
    ...crossCheckAccess(site),
    ...crossCheckApplications(site),
    ...crossCheckFirewalls(site, written),
    ...crossCheckProxy(site),
    ...versions(site),
    ...tooManyAccounts(site),
    ...places(site),
    ...wrongOrigins(site, written),
    ...wrongDestinations(written),
  ];
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

/** Of the government's page one edition is known. */
function editions({ edition, cloud }: Site): Placed[] {
  if (edition === undefined || cloud.environment === 'public') return [];
  const { date } = editionOf(cloud.environment).page;
  const message = `editions are of the public page; of that of ${cloud.environment} there is one, of ${date}: leave it out`;
  return [{ path: ['edition'], message }];
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
