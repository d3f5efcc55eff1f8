import type { Device } from '../evidence/vocabulary.js';
import { type AskedWay, askedWays } from '../path/asked-ways.js';
import { hasList, listFlow } from '../path/inspector-hop.js';
import { requestTo } from '../path/proxy-hop.js';
import type { Internet } from '../path/public-host.js';
import { Walker } from '../path/walk.js';
import { wantedBy } from '../path/wanted.js';
import type { Hop, Way } from '../path/way.js';
import { matchesHost } from '../policy/match-host.js';
import type { Nearness } from '../policy/nearest-rule.js';
import { decideProxy } from '../policy/proxy.js';
import type { DocumentedHost } from '../requirements/documented-host.js';
import { hostsAskedOf } from '../requirements/documented-hosts.js';
import { accountsOf } from '../site/accounts.js';
import { withEdgeFirewalls } from '../site/edge-firewalls.js';
import { isProxyMachine, proxiesOf } from '../site/proxies.js';
import type { Site } from '../site/schema.js';
import { placesInside } from './inside.js';
import { keyOf, type RuleEntry, ruleEntries } from './rule-lists.js';

/** A rule, or an entry of a list, that decides about no connection of a connector's life. */
export interface UnusedRule {
  device: Device;
  /** By the name that evidence uses. */
  rule: string;
  /** Whose firewall it is, for host firewalls. */
  server?: string;
  /**
   * Why it does not decide about the documented row that it is nearly about, in words that follow its
   * name, and the row; absent: it is about something else.
   */
  near?: string;
}

/**
 * The rules of a site that decide about nothing: of the firewalls, and of the lists of proxy, inspector
 * and resolver. Asked for is every documented row with all names that it stands for, what is reached
 * inside the site, and the lab's other hosts. That a rule is not used says nothing against it: it can be
 * about traffic that is no connector's. Rules about addresses are not judged, because those of the lab
 * are its own.
 */
export function unusedRules(asIs: Site, internet: Internet): UnusedRule[] {
  // A rule is of use that only lacks the names which its firewall has not learned.
  const site = withEdgeFirewalls(asIs, ({ 'names-lost-for': _, ...one }) => ({
    ...one,
    'other-answers': [],
  }));
  const asked = [...askedWays(site, internet)];
  const ways = [...asked.map(({ way }) => way), ...otherWays(site, internet)];
  const used = new Set(ways.flatMap((way) => hopsOf(way, site).map(keyOf)));
  const typical = representatives(asked).map((one) => ({
    ...one,
    hops: hopsToHost(hopsOf(one.way, site)),
  }));
  const entries = ruleEntries(site);
  const isUsed = ({ key }: RuleEntry) => key !== undefined && used.has(key);
  // Of a rule about everything documented it is enough that one row of it is used; else one speaks for all.
  const told = new Set(entries.filter(isUsed).map(({ page }) => page));
  return entries.flatMap((entry) => {
    const { device, name, server, page } = entry;
    if (isUsed(entry) || (page !== undefined && told.has(page))) return [];
    told.add(page);
    const near = nearestRow(entry, typical);
    return [{ device, rule: name, ...(server && { server }), ...(near && { near }) }];
  });
}

/** The hops of a way; a proxy that asks who it is has more rules for those who say so. */
function hopsOf({ flow, hops }: Way, site: Site): Hop[] {
  return hops.flatMap((hop) => {
    const asking =
      hop.action === 'challenge' && proxiesOf(site).find(({ machine }) => machine === hop.device);
    if (!asking) return [hop];
    const request = requestTo(flow, asking.machine === 'proxy');
    return [hop, { ...hop, rule: decideProxy(asking.settings, request, true).rule }];
  });
}

/** What is reached inside the site, and hosts that no documented row is about, for whoever may ask. */
function otherWays(site: Site, internet: Internet): Way[] {
  const walker = new Walker(site, internet);
  const rows = hostsAskedOf(site);
  const others = internet.hosts.filter(
    ({ name }) => !rows.some(({ rule, match }) => matchesHost(rule, match, name)),
  );
  const flows = site.servers.flatMap((server) =>
    others.flatMap(({ name, ports }) =>
      accountsOf(site).flatMap((account) => ports.map((port) => wantedBy(server, account, name, port))),
    ),
  );
  const lists = site.servers.flatMap(({ name }) =>
    hasList(site.inspection) ? accountsOf(site).map((account) => listFlow({ server: name, account })) : [],
  );
  return [...placesInside(site), ...lists, ...flows].map((flow) => walker.walk(flow));
}

/** For each row and who asks for it the first name and the last: one that is there, and a deep new one. */
function representatives(asked: readonly AskedWay[]): AskedWay[] {
  const ends = new Map<AskedWay['asking'], AskedWay[]>();
  for (const one of asked) {
    const [first = one] = ends.get(one.asking) ?? [];
    ends.set(one.asking, first === one ? [one] : [first, one]);
  }
  return [...ends.values()].flat();
}

/** The row that an entry came nearest to, in words. */
function nearestRow(
  { device, server, firewall, near }: RuleEntry,
  asked: readonly (AskedWay & { hops: Hop[] })[],
): string | undefined {
  let best: (Nearness & { row: DocumentedHost }) | undefined;
  for (const one of asked)
    for (const hop of one.hops) {
      if (hop.device !== device || (server !== undefined && hop.from !== server)) continue;
      if (hop.firewall !== firewall) continue;
      const found = near(one, hop);
      if (found && (!best || found.rank < best.rank)) best = { ...found, row: one.asking.row };
    }
  return best && `${best.why} (documented: ${best.row.rule} port ${best.row.port})`;
}

/** Without those on the way to a proxy, where another host is meant. */
function hopsToHost(hops: Hop[]): Hop[] {
  const proxy = hops.findIndex(({ device }) => isProxyMachine(device));
  return proxy < 0 ? hops : hops.slice(proxy);
}
