import type { Rule, Site } from '../../site/schema.js';
import type { Place, Request } from '../request.js';

/** Rules that open exactly what a request names, before any other. */
export function openings({ targets, server, device }: Request): Rule[] {
  return targets.map(({ host, port }) => ({
    allow: host,
    port,
    ...(device === 'edge-firewall' && server && { from: server }),
  }));
}

/** A site in which one server is another. */
export function withServer(
  site: Site,
  name: string | undefined,
  change: (server: Site['servers'][number]) => Site['servers'][number],
): Site {
  return {
    ...site,
    servers: site.servers.map((server) =>
      name === undefined || server.name === name ? change(server) : server,
    ),
  };
}

/** More places than this are a list of their own beside the sentence. */
const most = 3;

/** Places in words: `*.msappproxy.net:443, crl3.digicert.com:80`, or how many there are. */
export function list(places: readonly Place[]): string {
  return listed(
    places.map(({ host, port }) => `${host}:${port}`),
    'places',
  );
}

/** As {@link list}, of names. */
export function listed(names: readonly string[], what: string): string {
  return names.length > most ? `the ${names.length} ${what} below` : names.join(', ');
}

/** Where a proxy listens. */
export function placeOfProxy({ address }: NonNullable<Site['proxy']>): Place {
  const [host = '', port = ''] = address.split(':');
  return { host, port: Number(port) };
}
