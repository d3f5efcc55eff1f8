import type { Internet } from '../path/public-host.js';
import { type Passage, survey } from '../path/survey.js';
import { Walker } from '../path/walk.js';
import type { Hop, Way } from '../path/way.js';
import { rowId } from '../requirements/documented-host.js';
import type { Site } from '../site/schema.js';
import type { Stop } from './request.js';

/** Everything that stops something a connector needs: documented rows, applications, private resources. */
export function stopsOf(site: Site, internet: Internet): Stop[] {
  return [...survey(site, internet).flatMap(stopsOfRow), ...insideOf(site, internet).flatMap(stopsInside)];
}

function stopsOfRow(passage: Passage): Stop[] {
  const { row } = passage.asking;
  return passage.closed.flatMap(({ way }) =>
    way.stops.map((hop) => ({
      ...{ hop, way, passage },
      target: { host: row.rule, port: row.port },
      requirements: requirementsOf(hop, passage),
    })),
  );
}

/** What a stop breaks: the host's row, or the setting that spoils every host alike. */
function requirementsOf({ device, result }: Hop, { asking: { row }, open }: Passage): string[] {
  if (device === 'inspector') return ['tls/no-inspection'];
  if (result === 'proxy-407') return ['hidden/proxy-no-authentication'];
  if (device === 'server') return ['hidden/tls12'];
  const rows = [rowId(row), `hosts/${row.group}`];
  return open === 'some' && row.match === 'suffix' ? [...rows, 'hosts/suffix-rules'] : rows;
}

/** Ways to what connectors reach inside the site: published applications, and private resources. */
function insideOf(site: Site, internet: Internet): Way[] {
  const walker = new Walker(site, internet);
  const groups = site['connector-groups'];
  const serversOf = (group: string) => {
    const placed = new Set(groups.flatMap(({ servers }) => servers));
    const own = groups.find(({ name }) => name === group)?.servers ?? [];
    // Who is in no group is in the default one.
    return site.servers.filter(
      ({ name }) => own.includes(name) || (group === 'Default' && !placed.has(name)),
    );
  };
  const access = site['private-access'];
  const places = [
    ...site.applications.map(({ internal, group }) => {
      const url = new URL(internal);
      const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
      return { group, operation: 'deliver' as const, host: url.hostname, port };
    }),
    ...(access?.resources ?? []).flatMap(({ host, ports }) =>
      ports.map((port) => ({
        group: access?.['quick-access'].group ?? 'Default',
        operation: 'tunnel' as const,
        ...{ host, port },
      })),
    ),
  ];
  return places.flatMap(({ group, ...place }) =>
    serversOf(group).map(({ name, services }) =>
      walker.walk({ ...place, server: name, account: services.connector, stack: 'service', direct: true }),
    ),
  );
}

function stopsInside(way: Way): Stop[] {
  const { host, port } = way.flow;
  const requirements = ['server/reaches-application'];
  return way.stops.map((hop) => ({ hop, way, target: { host, port }, requirements }));
}
