import { methodTo } from '../../path/proxy-hop.js';
import { proxyRuleName } from '../../policy/proxy.js';
import { type ParentProxy, type ProxyRule, type Rule, type Site, schemesOf } from '../../site/schema.js';
import type { Changed, Place, Request } from '../request.js';

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

/** A site in which one of its proxies lets through what a request names, before the rules that stop it today. */
export function withProxyOpened(site: Site, { device, targets, rules }: Request): Site {
  const { proxy } = site;
  if (!proxy) return site;
  const opened = <P extends ParentProxy>(one: P): P => {
    const schemes = schemesOf(one);
    const first = one.rules.findIndex((rule) => rules.includes(proxyRuleName(rule, schemes)));
    const at = first < 0 ? one.rules.length : first;
    const own = targets.map(
      ({ host, port }): ProxyRule => ({
        ...{ allow: host, port, except: [] },
        method: methodTo(port),
      }),
    );
    return { ...one, rules: [...one.rules.slice(0, at), ...own, ...one.rules.slice(at)] };
  };
  if (device !== 'parent-proxy') return { ...site, proxy: opened(proxy) };
  return { ...site, proxy: { ...proxy, ...(proxy.parent && { parent: opened(proxy.parent) }) } };
}

/** How a request calls a proxy. */
export function proxyInWords(device: Changed): string {
  return device === 'parent-proxy' ? 'the parent proxy' : 'the proxy';
}

/** More places than this are a list of their own beside the sentence. */
export const mostInSentence = 3;

/** Places in words: `*.msappproxy.net:443, crl3.digicert.com:80`, or how many there are. */
export function list(places: readonly Place[]): string {
  return listed(
    places.map(({ host, port }) => `${host}:${port}`),
    'places',
  );
}

/** As {@link list}, of names. */
export function listed(names: readonly string[], what: string): string {
  return names.length > mostInSentence ? `the ${names.length} ${what} below` : names.join(', ');
}

/** Where a proxy listens. */
export function placeOfProxy({ address }: NonNullable<Site['proxy']>): Place {
  const [host = '', port = ''] = address.split(':');
  return { host, port: Number(port) };
}
