import type { Rule, Site } from '../../site/schema.js';
import type { Request, Target } from '../request.js';

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

/** Targets in words: `*.msappproxy.net:443, crl3.digicert.com:80`. */
export function list(targets: readonly Target[]): string {
  return targets.map(({ host, port }) => `${host}:${port}`).join(', ');
}

/** Where a proxy listens. */
export function placeOfProxy({ address }: NonNullable<Site['proxy']>): Target {
  const [host = '', port = ''] = address.split(':');
  return { host, port: Number(port) };
}
