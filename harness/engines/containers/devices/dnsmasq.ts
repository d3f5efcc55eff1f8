import { markDomain } from '../../../../docker/agent/devices/name-server.js';
import type { CloudHost } from '../../../../mocks/zone.js';
import { internalNames } from '../../../../model/path/internal-names.js';
import { covers, matchesHost } from '../../../../model/policy/match-host.js';
import type { AskedResolver } from '../../../../model/policy/own-resolver.js';
import { internalDomains } from '../../../../model/policy/resolver.js';
import { entryMatch, entryText, faultEntry, type HostEntry } from '../../../../model/site/host-entry.js';
import { canonical } from '../../../../model/site/host-name.js';
import { exact } from '../../../../model/site/match/exact.js';
import { matchKind } from '../../../../model/site/match/index.js';
import type { Present } from './containers-device.js';
import type { NameSet } from './nftables.js';

/** A set that no rule is about. */
export const noSet = 'nobody';

export interface Upstream {
  /** The truthful name server of the internet. */
  address: string;
  /** The one that answers as the faults and zones of the site's resolver say. */
  faulty: string;
}

/** Where a resolver answers, and what it knows. */
export interface NameServerPlace extends AskedResolver {
  address: string;
  upstream: Upstream;
}

/**
 * A resolver of the site: the site's own names, the internet's from upstream, and every answer about a name that
 * a rule is about put into that rule's set before it is given. dnsmasq takes the longest domain that
 * fits, so each names the sets of those above it too.
 */
export function dnsmasqConfiguration(
  { site, addresses }: Present,
  { settings, knowsSite, address, upstream }: NameServerPlace,
  names: readonly NameSet[],
  zone: readonly CloudHost[],
): string {
  const faulty = settings.faults.map(faultEntry);
  const domains = faulty.map(domainOf);
  const ofAll = domains.includes(undefined);
  const internal = [...(knowsSite ? internalNames(site, addresses) : [])].filter(
    ([name]) => !faulty.some((entry) => covers(entry, name)),
  );
  // What it knows of these is all that there is: nobody else is asked for their addresses of IPv6.
  const unasked = site.link.ipv6 ? internal.map(([name]) => name) : [];
  const lines = [
    'no-resolv',
    'no-hosts',
    'user=nobody',
    'group=nogroup',
    'pid-file=',
    'cache-size=0',
    'log-queries=extra',
    `local=/${markDomain}/`,
    'bind-interfaces',
    `listen-address=${address}`,
    `server=${ofAll ? upstream.faulty : upstream.address}`,
    ...(ofAll ? [] : [...new Set([...domains, ...internalDomains(settings), ...unasked])]).map(
      (domain) => `server=/${domain}/${upstream.faulty}`,
    ),
    ...internal.map(([name, place]) => `host-record=${name},${place}`),
    ...setsByDomain(names, zone).map(([domain, sets]) => {
      const list = (sets.length > 0 ? sets : [noSet]).map((set) => `4#inet#lab#${set}`).join(',');
      return `nftset=/${domain}/${list}`;
    }),
  ];
  return `${lines.join('\n')}\n`;
}

/**
 * dnsmasq knows domains with everything below them, no more, and a domain that is named twice has the sets
 * of both. So the names of the internet, for which that may be too much or too little (one label only,
 * aliases), are listed one by one; domains are for the site's own.
 */
function setsByDomain(
  names: readonly NameSet[],
  zone: readonly CloudHost[],
): [domain: string, sets: string[]][] {
  const domains = [...new Set(names.flatMap((one) => domainOfSet(one) ?? []))];
  const below = (name: string) =>
    names.filter((one) => {
      const domain = domainOfSet(one);
      return domain !== undefined && isBelow(domain, name);
    });
  if (names.length === 0) return [];
  const listed = new Map(
    zone.map(({ name, chain }): [string, NameSet[]] => [
      name,
      names.filter(
        ({ destination, match, except = [] }) =>
          [name, ...chain].some((one) => matchesHost(destination, match, one)) &&
          !except.some((entry) => covers(entry, name)),
      ),
    ]),
  );
  const others = domains.filter((domain) => !listed.has(domain));
  return [...others.map((domain) => [domain, below(domain)] as const), ...listed].map(
    ([name, sets]): [string, string[]] => [name, sets.map(({ set }) => set)],
  );
}

/** The domain of a set's names; undefined: they are of many. */
function domainOfSet({ destination, match }: NameSet): string | undefined {
  const kind = matchKind(match);
  return kind.by === 'name' ? kind.domain(canonical(destination)) : undefined;
}

function isBelow(upper: string, domain: string): boolean {
  return domain === upper || domain.endsWith(`.${upper}`);
}

/** The domain of the names that a fault is about; undefined: they are of many. */
function domainOf(entry: HostEntry): string | undefined {
  const kind = matchKind(entryMatch(entry));
  if (kind.by === 'any') return undefined;
  return (kind.by === 'name' ? kind : exact).domain(canonical(entryText(entry)));
}
