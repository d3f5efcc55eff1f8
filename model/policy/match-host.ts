import { canonical } from '../site/host-name.js';
import { exact } from '../site/match/exact.js';
import { type MatchName, matchKind, meantBy } from '../site/match/index.js';

/**
 * Compares a name with a pattern. A pattern with a `/` is a path, and no host has that name; neither has
 * one an address or a service tag.
 */
export function matchesHost(pattern: string, match: MatchName, name: string): boolean {
  return hostMatcher(pattern, match)(name);
}

/** {@link matchesHost} for a pattern that is compared with many names. */
export function hostMatcher(pattern: string, match: MatchName = meantBy(pattern)): (name: string) => boolean {
  const kind = matchKind(match);
  if (kind.by === 'any') return () => true;
  // Lists of a site hold addresses too: there they are compared as they are written.
  const { matcher } = kind.by === 'name' ? kind : exact;
  if (pattern.includes('/')) return () => false;
  const matches = matcher(canonical(pattern));
  return (name) => matches(canonical(name));
}

/**
 * The names, in lower case, for which {@link matchesHost} is true, as a regular expression that the
 * programs of real machines read as well (POSIX extended).
 */
export function hostRegex(pattern: string, match: MatchName = meantBy(pattern)): string {
  const kind = matchKind(match);
  if (kind.by === 'any') return '^.*$';
  return (kind.by === 'name' ? kind : exact).regex(canonical(pattern));
}

/** Where a pattern of a list is found among many; undefined: everywhere. */
export function placesOfPattern(pattern: string): string[] | undefined {
  const kind = matchKind(meantBy(pattern));
  const domain = (kind.by === 'name' ? kind : exact).domain(canonical(pattern));
  return kind.by === 'any' || domain === undefined ? undefined : [domain];
}

/** Whether a pattern of a list (exempt hosts, proxy lists, faults) covers a name. */
export function covers(pattern: string, name: string): boolean {
  return matchesHost(pattern, meantBy(pattern), name);
}
