import { compiled } from '../policy/compiled.js';
import { remembered } from '../policy/remembered.js';
import type { DocumentedHost } from '../requirements/documented-host.js';
import { entryMatch, entryText } from '../site/host-entry.js';
import { hostEntries } from '../site/host-lists.js';
import { canonical } from '../site/host-name.js';
import { type MatchName, matchKind } from '../site/match/index.js';
import type { Rule, Site } from '../site/schema.js';
import type { Internet, PublicHost } from './public-host.js';

/** Labels that nobody's list names. */
const fresh = ['q7zz', 'k3vv', 'w9xx'];

/**
 * Hosts that stand for all those which a row opens: those of the internet that the row covers, and, for
 * a suffix, names that do not exist yet: at each depth, and samples of every pattern below it that any
 * device of the site has. Whatever the site's lists can tell apart, two of these differ in. New names are
 * taken to live where the row's hosts live today.
 */
export function namesBelow(
  row: DocumentedHost,
  samples: readonly string[],
  internet: Internet,
): PublicHost[] {
  if (row.match === 'exact') {
    const known = internet.find(row.rule);
    return known ? [known] : [];
  }
  const end = canonical(row.rule).slice(1);
  // Where applications are published users go, and no connector.
  const known = internet.hosts.filter(
    ({ name, ports, service }) => service !== 'edge' && name.endsWith(end) && ports.includes(row.port),
  );
  const made = new Set(fresh.map((_, index) => `${fresh.slice(0, index + 1).join('.')}${end}`));
  for (const name of samples) if (name.endsWith(end)) made.add(name);
  for (const { name } of known) made.delete(name);
  const places = placesOf(known);
  return [
    ...known,
    ...[...made].flatMap((name) =>
      places.map(({ chain, address, ports }) => ({ name, chain, address, ports })),
    ),
  ];
}

/** One host for each way in which those of a row are found: by network, and by the domains of aliases. */
function placesOf(known: readonly PublicHost[]): PublicHost[] {
  const places = new Map<string, PublicHost>();
  for (const host of known) {
    const network = host.address.slice(0, host.address.lastIndexOf('.'));
    const aliases = host.chain.map((alias) => alias.slice(alias.indexOf('.'))).join(' ');
    const key = `${network} ${aliases}`;
    if (!places.has(key)) places.set(key, host);
  }
  return [...places.values()];
}

/** Names that every pattern of a site's devices takes, so that none of its lists is overlooked. */
export function samplesOf(site: Site): string[] {
  const { firewall, servers, resolver } = site;
  const rules = [firewall.rules, ...servers.map((server) => server['host-firewall'].rules)];
  const samples = [
    ...rules.flatMap(samplesOfRules),
    ...hostEntries(site).flatMap((entry) => samplesOfPattern(entryText(entry), entryMatch(entry))),
    ...Object.keys(resolver.zones).flatMap((zone) => samplesOfPattern(`*.${zone}`, 'suffix')),
  ];
  return [...new Set(samples)];
}

const known = new WeakMap<readonly Rule[], readonly string[]>();

function samplesOfRules(rules: readonly Rule[]): readonly string[] {
  return remembered(known, rules, () =>
    compiled(rules).flatMap(({ destination, match }) => samplesOfPattern(destination.text, match)),
  );
}

function samplesOfPattern(pattern: string, match: MatchName): readonly string[] {
  const kind = matchKind(match);
  return kind.by === 'name' && !pattern.includes('/') ? kind.samples(canonical(pattern)) : [];
}
