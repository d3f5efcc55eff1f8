import { nearestOfProxy } from '../policy/near-proxy-rule.js';
import { decideProxy, notJudgedByProxy } from '../policy/proxy.js';
import type { Request } from '../policy/rule-list.js';
import type { SiteProxy } from '../site/proxies.js';
import type { Site } from '../site/schema.js';
import type { WantedFlow } from './flow.js';
import { type ListWay, shown } from './inspector-hop.js';
import type { HopOptions } from './sender.js';
import type { Hop } from './way.js';

/** How a proxy is asked: by whoever wants the flow, who is known to it, or by the proxy before it. */
export type AskedBy = 'client' | 'proxy' | 'proxy that reads the tunnel';

/** What a proxy of the site makes of what it is asked for. */
export function proxyHop(
  site: Site,
  asked: SiteProxy,
  flow: WantedFlow,
  by: AskedBy,
  options: HopOptions,
  listWay: ListWay,
): Hop {
  const { machine, settings: proxy } = asked;
  const request = requestTo(flow, by === 'client');
  const { action, rule, explanation } = decideProxy(proxy, request, false);
  const near = options.nearest && action !== 'allow' ? nearestOfProxy(proxy, request) : undefined;
  const notJudged = notJudgedByProxy(proxy, request);
  return {
    ...{ device: machine, from: machine, action, rule, explanation },
    ...(action !== 'allow' &&
      (by === 'proxy that reads the tunnel'
        ? handedOn(asked, action)
        : action === 'challenge'
          ? { result: 'proxy-407' as const }
          : refusal(site, asked, flow, listWay))),
    ...(near && { near }),
    ...(notJudged.length > 0 && { notJudged }),
  };
}

/** What a client sees of being refused: a status, or a page in the place of what it asked for. */
function refusal(
  { inspection, servers }: Site,
  { machine, settings }: SiteProxy,
  flow: WantedFlow,
  listWay: ListWay,
): Pick<Hop, 'result' | 'answers'> {
  const result = settings['refuses-with'] === 'page' ? 'http-block-page' : 'proxy-403';
  if (methodTo(flow.port) === 'plain')
    return { result, ...(result === 'http-block-page' && { answers: true }) };
  if (inspection?.at !== 'proxy' || machine !== 'proxy' || flow.port !== 443) return { result };
  const server = servers.find(({ name }) => name === flow.server);
  const seen = server && shown(inspection, server, flow, listWay)?.result;
  return { result: seen ?? result, answers: true };
}

/**
 * A proxy that has ended the client's TLS hands on inside it what its parent answers; a page in place of a
 * tunnel it takes for the tunnel, and says that it failed.
 */
function handedOn(
  { settings }: SiteProxy,
  action: 'refuse' | 'challenge',
): Required<Pick<Hop, 'result' | 'answers'>> {
  if (action === 'challenge') return { result: 'proxy-407', answers: true };
  return { result: settings['refuses-with'] === 'page' ? 'tcp-reset' : 'proxy-403', answers: true };
}

/** What a proxy is asked for. `isTold`: it knows who asks. */
export function requestTo({ host, port, account, server }: WantedFlow, isTold: boolean): Request {
  return { host, port, method: methodTo(port), ...(isTold && { account, machine: server }) };
}

/** How Windows asks a proxy: for pages in the clear on port 80, for a tunnel everywhere else. */
export function methodTo(port: number): 'connect' | 'plain' {
  return port === 80 ? 'plain' : 'connect';
}
