import type { CloudService, Operation } from '../evidence/vocabulary.js';
import type { DocumentedHost } from '../requirements/documented-host.js';
import type { Site } from '../site/schema.js';
import { hostsFor, type There, wayTo } from './asked-ways.js';
import type { Closed, Passage } from './passage.js';
import type { Internet } from './public-host.js';
import { Walker } from './walk.js';
import { type Asking, askingsOf, revocationAskers } from './wanted.js';
import type { Hop, Way } from './way.js';

/** Every documented row of a site, for every account that asks for it. */
export function survey(site: Site, internet: Internet): Passage[] {
  const walker = new Walker(site, internet);
  const hostsOf = hostsFor(site, internet);
  return askingsOf(site).map((asking) => passageOf(asking, hostsOf(asking.row), walker, site));
}

/**
 * Whether everybody comes through to every documented row; ends at the first that does not. `suspects`: where
 * to look first.
 */
export function isOpen(
  site: Site,
  internet: Internet,
  suspects: (asking: Asking) => boolean = () => false,
): boolean {
  const walker = new Walker(site, internet);
  const hostsOf = hostsFor(site, internet);
  const comesThrough = (asking: Asking) =>
    hostsOf(asking.row).every((there) => {
      const way = wayTo(there, asking, walker);
      return (
        way.stops.length === 0 &&
        !readerOf(way, asking.row) &&
        unlistedOn(way, asking, walker, site).length === 0
      );
    });
  const all = askingsOf(site);
  const [first, others] = [all.filter(suspects), all.filter((asking) => !suspects(asking))];
  return first.every(comesThrough) && others.every(comesThrough);
}

/**
 * The hop that reads TLS between a connector and the service, and lets it pass. The page wants
 * every form of inline inspection away from there, also one that does no harm today (`tls/no-inspection`).
 */
function readerOf({ hops }: Way, { group, port }: DocumentedHost): Hop | undefined {
  if (group !== 'service' || port !== 443) return undefined;
  const own = hops.filter(({ device }) => device === 'inspector');
  return own.every(({ result }) => result === undefined)
    ? own.find(({ action }) => action === 'inspect')
    : undefined;
}

/** Ways to an inspector's revocation list, of whoever asks for it because of this one, and does not come there. */
function unlistedOn({ hops }: Way, { server, account }: Asking, walker: Walker, { servers }: Site): Way[] {
  if (!hops.some(({ namesList }) => namesList)) return [];
  const own = servers.find(({ name }) => name === server);
  return [...new Set([account, ...(own ? revocationAskers(own) : [])])]
    .map((one) => walker.wayToList({ server, account: one }))
    .filter(({ stops }) => stops.length > 0);
}

/** Whose host an operation asks first of those below a suffix; of others every host of their rows is alike. */
const askedFirst: Partial<Record<Operation, CloudService>> = {
  ...{ register: 'registration', bootstrap: 'bootstrap', listen: 'relay', deliver: 'data' },
  ...{ renew: 'renewal', update: 'updates', tunnel: 'tunnel' },
};

/** The first way that is stopped stands for others of a row: it is to be one that this operation goes. */
function ownFirst(hosts: readonly There[], { operation }: Asking): There[] {
  const isOwn = ({ host }: There) => host.service !== undefined && host.service === askedFirst[operation];
  return [...hosts.filter(isOwn), ...hosts.filter((there) => !isOwn(there))];
}

function passageOf(asking: Asking, hosts: readonly There[], walker: Walker, site: Site): Passage {
  const closed = new Map<string, Closed>();
  const through: string[] = [];
  const notJudged = new Map<string, Hop>();
  let read: Passage['read'];
  const unlisted = new Set<Way>();
  for (const there of ownFirst(hosts, asking)) {
    const { host } = there;
    const way = wayTo(there, asking, walker);
    for (const hop of way.hops)
      if (hop.notJudged) notJudged.set(`${hop.device} ${hop.from} ${hop.notJudged}`, hop);
    const hop = readerOf(way, asking.row);
    if (hop) read ??= { way, host, hop };
    for (const one of unlistedOn(way, asking, walker, site)) unlisted.add(one);
    if (way.stops.length === 0) {
      through.push(host.name);
      continue;
    }
    const key = way.stops.map(({ device, from, rule }) => `${device} ${from} ${rule ?? ''}`).join('\n');
    const same = closed.get(key);
    if (same) same.names.push(host.name);
    else closed.set(key, { way, host, names: [host.name] });
  }
  const open = closed.size === 0 ? 'all' : through.length === 0 ? 'none' : 'some';
  return {
    ...{ asking, open, closed: [...closed.values()], through, notJudged: [...notJudged.values()] },
    ...{ ...(read && { read }), unlisted: [...unlisted] },
  };
}
