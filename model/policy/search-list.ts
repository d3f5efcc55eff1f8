import type { ResultName } from '../evidence/vocabulary.js';
import { fullName, isShort } from '../site/full-name.js';
import { canonical } from '../site/host-name.js';
import type { Server, Site } from '../site/schema.js';

/** The suffixes with which a server asks for short names. */
export function suffixesOf({ search }: Pick<Server, 'search'>, { tenant }: Pick<Site, 'tenant'>): string[] {
  return search ?? [tenant.domain];
}

/** The names for which a server asks its resolver, in order, until one is there; none: a short name and no suffix. */
export function namesToAsk(
  server: Pick<Server, 'search'>,
  site: Pick<Site, 'tenant'>,
  host: string,
): string[] {
  const name = canonical(host);
  if (!isShort(name)) return [name];
  return suffixesOf(server, site).map((suffix) => `${name}.${canonical(suffix)}`);
}

/**
 * Whether what is said of one of these names ends the search: it is there, or it is the one that was meant.
 * Assumed of Windows: that nobody answers ends it, too.
 */
export function endsSearch(
  site: Pick<Site, 'resolver' | 'tenant'>,
  host: string,
  asked: string,
  outcome: ResultName,
) {
  return outcome !== 'dns-nxdomain' || asked === fullName(site, host);
}

/** The search list that a name was not found with, as evidence calls it; undefined: what is not found is not there. */
export function fruitless(server: Pick<Server, 'search'>, site: Site, host: string): string | undefined {
  const name = canonical(host);
  if (!isShort(name) || namesToAsk(server, site, name).includes(fullName(site, name))) return undefined;
  return searchRule(name, suffixesOf(server, site));
}

/** By which evidence calls a search list with which a name does not resolve. */
function searchRule(host: string, suffixes: readonly string[]): string {
  return ['search', host, 'below', ...(suffixes.length > 0 ? suffixes : ['nothing'])].join(' ');
}

/** What {@link searchRule} says. */
export function searched(rule: string): { host: string; suffixes: string[] } {
  const [, host = '', , ...suffixes] = rule.split(' ');
  return { host, suffixes: suffixes.filter((one) => one !== 'nothing') };
}
