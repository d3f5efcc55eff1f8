import type { Operation } from '../evidence/vocabulary.js';
import { operations } from '../evidence/vocabulary.js';
import type { Internet } from '../path/public-host.js';
import type { Site } from '../site/schema.js';
import type { FlowKind, FlowStop, Request, SettingKind, SettingStop, Stop, Target } from './request.js';
import { flowKinds, settingKinds } from './requests/index.js';
import { isFree, stopsOf } from './stops.js';

/** What cures a site, and what nothing here can. */
export interface Cure {
  /**
   * All of them together cure the site; with any one of them left out it is not. In the order in which
   * mending helps: what stops a connector's life earliest comes first.
   */
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
  return { requests: inOrder(requests), incurable: stops, site: grantAll(requests, site) };
}

export function grantAll(requests: readonly Request[], site: Site): Site {
  return requests.reduce((granted, request) => kindOf(request).grant(request, granted), site);
}

export function kindOf({ kind }: Pick<Request, 'kind'>): FlowKind | SettingKind {
  const found = [...flowKinds, ...settingKinds].find((one) => one.kind === kind);
  if (!found) throw new Error(`no kind of request is called ${kind}`);
  return found;
}

function requestsFor(stops: readonly Stop[], site: Site, internet: Internet): Request[] {
  return merged(
    stops.flatMap((stop) => (stop.by === 'setting' ? [ofSetting(stop, site)] : ofFlow(stop, site, internet))),
  );
}

function ofSetting(stop: SettingStop, site: Site): Request {
  const { kind, device, server, firewall, setting, place, rule, explanation, operation, requirements } = stop;
  return {
    ...{ kind, device, ...(server && { server }), ...(setting && { setting }) },
    ...(firewall !== undefined && { firewall }),
    ...(place !== undefined && { place }),
    ...{ decidedBy: [device], rules: [rule], reasons: [explanation], operations: [operation] },
    servers: server ? [server] : site.servers.map(({ name }) => name),
    ...{ accounts: [], stacks: [], targets: [], requirements: [...requirements] },
  };
}

function ofFlow(stop: FlowStop, site: Site, internet: Internet): Request[] {
  for (const { kind, of } of flowKinds) {
    const asked = of(stop, site, internet);
    if (!asked) continue;
    const { hop, way, target, requirements } = stop;
    const { server, account, stack, operation } = way.flow;
    const { targets = [target], ...others } = asked;
    return [
      {
        ...{ kind, decidedBy: [hop.device], rules: hop.rule === undefined ? [] : [hop.rule] },
        reasons: [hop.explanation],
        ...{ servers: [server], accounts: [account], stacks: [stack], operations: [operation] },
        targets: targets.map((place) => ({ ...place, accounts: [account] })),
        ...{ requirements: [...requirements], ...others },
      },
    ];
  }
  return [];
}

/** What one person can be asked at once: the same change of the same device. */
function merged(requests: readonly Request[]): Request[] {
  const groups = new Map<string, Request>();
  for (const request of requests) {
    const key = JSON.stringify([
      ...[request.kind, request.device, request.server],
      ...[request.firewall, request.setting],
    ]);
    const known = groups.get(key);
    groups.set(key, known ? join(known, request) : request);
  }
  return [...groups.values()];
}

function join(a: Request, b: Request): Request {
  return {
    ...a,
    decidedBy: union(a.decidedBy, b.decidedBy),
    rules: union(a.rules, b.rules),
    reasons: union(a.reasons, b.reasons),
    servers: union(a.servers, b.servers),
    accounts: union(a.accounts, b.accounts),
    stacks: union(a.stacks, b.stacks),
    operations: union(a.operations, b.operations),
    targets: joined([...a.targets, ...b.targets]),
    requirements: union(a.requirements, b.requirements),
  };
}

/** Each place once, with everybody it is asked for. */
function joined(targets: readonly Target[]): Target[] {
  const places = new Map<string, Target>();
  for (const target of targets) {
    const key = `${target.host}:${target.port}`;
    const known = places.get(key);
    places.set(key, known ? { ...known, accounts: union(known.accounts, target.accounts) } : target);
  }
  return [...places.values()];
}

function union<T>(a: readonly T[], b: readonly T[]): T[] {
  return [...new Set([...a, ...b])];
}

function inOrder(requests: readonly Request[]): Request[] {
  const first = ({ operations: own }: Request) => Math.min(...own.map(placeInLife));
  return [...requests].sort((a, b) => first(a) - first(b));
}

function placeInLife(operation: Operation): number {
  return operations.indexOf(operation);
}

/** Leaves out what the others make needless. */
function withoutNeedless(requests: Request[], site: Site, internet: Internet): Request[] {
  return requests.reduce((kept, request) => {
    const others = kept.filter((one) => one !== request);
    return isFree(grantAll(others, site), internet, request) ? others : kept;
  }, requests);
}
