import { firstCovering } from '../policy/by-hosts.js';
import type { Flow } from '../policy/flow.js';
import { decideInspection } from '../policy/inspection.js';
import { nearestEntry } from '../policy/nearest-rule.js';
import { entryName } from '../site/host-entry.js';
import { inspectionListUrl } from '../site/inspection-list.js';
import type { SiteProxy } from '../site/proxies.js';
import type { Inspection, Server, Site } from '../site/schema.js';
import type { WantedFlow } from './flow.js';
import type { HopOptions } from './sender.js';
import type { Hop, Way } from './way.js';

/** The way to the revocation list that forged certificates name, for whoever asks for it. */
export type ListWay = (who: Pick<WantedFlow, 'server' | 'account'>) => Way;

/**
 * What an inspector on the path makes of a flow: none, where there is none or it looks at other ports.
 * HTTP in the clear it only answers with a page of its own, or leaves alone.
 */
export function inspectorHops(
  { inspection, servers }: Site,
  wanted: WantedFlow,
  { machine, port }: Pick<Flow, 'machine' | 'port'>,
  options: HopOptions,
  listWay: ListWay,
): Hop[] {
  if (!inspection || (port !== 443 && port !== 80)) return [];
  const server = servers.find(({ name }) => name === wanted.server);
  const { action, rule, explanation } = decideInspection(inspection, wanted.host);
  const namesList = action === 'inspect' && port === 443 && hasList(inspection);
  const hop: Hop = {
    ...{ device: 'inspector', from: machine, action, rule, explanation },
    ...(namesList && { namesList }),
  };
  const first = port === 443 ? [hop] : [];
  const spoilt =
    action !== 'inspect' || !server
      ? undefined
      : port === 443
        ? (shown(inspection, server, wanted, listWay) ?? spoils(inspection, wanted))
        : blocks(inspection, wanted);
  if (!spoilt) return first;
  const near =
    options.nearest && nearestEntry(inspection.except, wanted.host, (one) => `except ${entryName(one)}`);
  const stop = { ...hop, ...spoilt, ...(near && { near }) };
  // That it inspects is one decision; what it does to a request is another.
  return stop.action === 'inspect' ? [stop] : [...first, stop];
}

/**
 * What of inspection at the proxy a client sees before the proxy has dialled, and what only then. `met`:
 * the proxies on its way; a parent reads nothing.
 */
export function inspectingProxyHops(
  site: Site,
  met: readonly SiteProxy[],
  wanted: WantedFlow,
  options: HopOptions,
  listWay: ListWay,
): { before: Hop[]; behind: Hop[] } {
  const { inspection } = site;
  const isMet = met.some(({ machine }) => machine === 'proxy');
  if (inspection?.at !== 'proxy' || !isMet || wanted.port !== 443) return { before: [], behind: [] };
  const hops = inspectorHops(site, wanted, { machine: 'proxy', port: wanted.port }, options, listWay);
  const stop = hops.find(({ result }) => result !== undefined);
  if (!stop || atHandshake.has(stop.result)) return { before: hops, behind: [] };
  const { action, rule, explanation } = decideInspection(inspection, wanted.host);
  return {
    before: [{ device: 'inspector', from: 'proxy', action, rule, explanation }],
    behind: [stop],
  };
}

const atHandshake = new Set<Hop['result']>([
  'tls-untrusted-issuer',
  'tls-no-revocation-info',
  'tls-revocation-offline',
]);

/** A request that is answered with the inspector's own page. */
function blocks(inspection: Inspection, { host }: WantedFlow): Partial<Hop> | undefined {
  const blocked = firstCovering(inspection['block-page'], host, (one) => one);
  if (blocked === undefined) return undefined;
  const explanation = `${host} is answered with a page of the inspector's own`;
  return {
    action: 'block-page',
    rule: `block-page ${entryName(blocked)}`,
    explanation,
    result: 'http-block-page',
  };
}

/** What a client sees of a certificate that was made for a host, in the order in which it would notice. */
export function shown(
  inspection: Inspection,
  server: Server,
  wanted: WantedFlow,
  listWay: ListWay,
): Partial<Hop> | undefined {
  const { host, stack } = wanted;
  const where = inspection.at === 'proxy' ? ' by the proxy' : '';
  if (!inspection['trusted-by-server']) {
    const explanation = `${host} is inspected${where}, and ${server.name} does not trust "${inspection.authority}"`;
    return { explanation, result: 'tls-untrusted-issuer' };
  }
  // A browser goes on without revocation; the service does what its profile says.
  const insists = stack !== 'browser' && server.revocation === 'hard-fail';
  if (!inspection['revocation-info'] && insists) {
    const explanation = `${host} is inspected${where}, and the certificate made for it names no revocation list`;
    return { explanation, result: 'tls-no-revocation-info' };
  }
  const [stop] = insists ? listWay({ server: server.name, account: wanted.account }).stops : [];
  if (stop) {
    const explanation = `${host} is inspected${where}, and the list that the certificate made for it names cannot be fetched: ${stop.explanation}`;
    return { explanation, result: 'tls-revocation-offline' };
  }
  return undefined;
}

/** Whether certificates that an inspector makes are good enough for their list to be asked for. */
export function hasList(inspection: Inspection | undefined): boolean {
  return inspection?.['trusted-by-server'] === true && inspection['revocation-info'];
}

/** Windows fetches lists for everybody, in the account that asks, whatever the list is of. */
export function listFlow(who: Parameters<ListWay>[0]): WantedFlow {
  const host = new URL(inspectionListUrl).hostname;
  return { ...who, stack: 'system', host, port: 80, operation: 'revocation-check' };
}

/** What a client that trusts the inspector sees of its requests being read. */
function spoils(inspection: Inspection, wanted: WantedFlow): Partial<Hop> | undefined {
  const { host, needs } = wanted;
  const where = inspection.at === 'proxy' ? ' by the proxy' : '';
  const page = blocks(inspection, wanted);
  if (page) return page;
  if (needs === 'client-certificate') {
    const explanation = `${host} is inspected${where}, and the connector's certificate cannot pass`;
    return { explanation, result: 'tls-client-certificate-lost' };
  }
  if (needs === 'websocket' && inspection.websocket === 'strip-upgrade') {
    const explanation = `${host} is inspected${where}, and the upgrade to WebSocket is removed`;
    return {
      action: 'strip-upgrade',
      rule: 'websocket strip-upgrade',
      explanation,
      result: 'websocket-upgrade-refused',
    };
  }
  return undefined;
}
