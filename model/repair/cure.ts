import type { Internet } from '../path/public-host.js';
import type { Site } from '../site/schema.js';
import type { Request, RequestKind, Stop } from './request.js';
import { requestKinds } from './requests/index.js';
import { stopsOf } from './stops.js';

/** What cures a site, and what nothing here can. */
export interface Cure {
  /** All of them together cure the site; with any one of them left out it is not. */
  requests: Request[];
  /** What stops something, and no request mends. */
  incurable: Stop[];
  /** The site with every request granted. */
  site: Site;
}

/** Granting a request can lead a flow past other devices, which have something to say then. */
const mostRounds = 5;

/** The smallest set of requests of the known kinds after which everything that a connector needs works. */
export function cure(site: Site, internet: Internet): Cure {
  const all: Request[] = [];
  let current = site;
  let stops = stopsOf(site, internet);
  for (let round = 0; round < mostRounds && stops.length > 0; round++) {
    const asked = requestsFor(stops, current, internet);
    if (asked.length === 0) break;
    all.push(...asked);
    current = grantAll(asked, current);
    stops = stopsOf(current, internet);
  }
  const requests = stops.length === 0 ? withoutNeedless(merged(all), site, internet) : merged(all);
  return { requests, incurable: stops, site: grantAll(requests, site) };
}

export function grantAll(requests: readonly Request[], site: Site): Site {
  return requests.reduce((granted, request) => kindOf(request).grant(request, granted), site);
}

export function kindOf({ kind }: Request): RequestKind {
  const found = requestKinds.find((one) => one.kind === kind);
  if (!found) throw new Error(`no kind of request is called ${kind}`);
  return found;
}

function requestsFor(stops: readonly Stop[], site: Site, internet: Internet): Request[] {
  return merged(
    stops.flatMap((stop) => {
      for (const { kind, of } of requestKinds) {
        const asked = of(stop, site, internet);
        if (asked) return [requestOf(kind, stop, asked)];
      }
      return [];
    }),
  );
}

function requestOf(
  kind: string,
  { hop, way, target, requirements }: Stop,
  asked: Partial<Request> & Pick<Request, 'device'>,
): Request {
  const { server, account, stack } = way.flow;
  return {
    ...{ kind, rules: hop.rule === undefined ? [] : [hop.rule] },
    ...{ servers: [server], accounts: [account], stacks: [stack] },
    ...{ targets: [target], requirements: [...requirements] },
    ...asked,
  };
}

/** What one person can be asked at once: the same change of the same device. */
function merged(requests: readonly Request[]): Request[] {
  const groups = new Map<string, Request>();
  for (const request of requests) {
    const key = JSON.stringify([request.kind, request.device, request.server, request.setting]);
    const known = groups.get(key);
    groups.set(key, known ? join(known, request) : request);
  }
  return [...groups.values()];
}

function join(a: Request, b: Request): Request {
  const isNew = ({ host, port }: Request['targets'][number]) =>
    !a.targets.some((one) => one.host === host && one.port === port);
  return {
    ...a,
    rules: union(a.rules, b.rules),
    servers: union(a.servers, b.servers),
    accounts: union(a.accounts, b.accounts),
    stacks: union(a.stacks, b.stacks),
    targets: [...a.targets, ...b.targets.filter(isNew)],
    requirements: union(a.requirements, b.requirements),
  };
}

function union<T>(a: readonly T[], b: readonly T[]): T[] {
  return [...new Set([...a, ...b])];
}

/** Leaves out what the others make needless. */
function withoutNeedless(requests: Request[], site: Site, internet: Internet): Request[] {
  return requests.reduce((kept, request) => {
    const others = kept.filter((one) => one !== request);
    return stopsOf(grantAll(others, site), internet).length === 0 ? others : kept;
  }, requests);
}
