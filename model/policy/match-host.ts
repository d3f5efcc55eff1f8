import { entryMatch, entryText, type HostEntry } from '../site/host-entry.js';
import { canonical } from '../site/host-name.js';
import { exact } from '../site/match/exact.js';
import { type MatchName, matchKind } from '../site/match/index.js';
import type { NameKind } from '../site/match/match-kind.js';
import { placesOfText } from './by-place.js';

/**
 * Compares a name with a pattern. A pattern with a `/` is a path, and no host has that name; neither has
 * one an address or a service tag.
 */
export function matchesHost(pattern: string, match: MatchName, name: string): boolean {
  return patternMatcher(pattern, match)(name);
}

/** {@link matchesHost} for a pattern that is compared with many names. */
export function patternMatcher(pattern: string, match: MatchName): (name: string) => boolean {
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
export function patternRegex(pattern: string, match: MatchName): string {
  const kind = matchKind(match);
  if (kind.by === 'any') return '^.*$';
  return (kind.by === 'name' ? kind : exact).regex(canonical(pattern));
}

/** {@link patternMatcher} for an entry of a list. */
export function entryMatcher(entry: HostEntry): (name: string) => boolean {
  return patternMatcher(entryText(entry), entryMatch(entry));
}

/** {@link patternRegex} for an entry of a list. */
export function entryRegex(entry: HostEntry): string {
  return patternRegex(entryText(entry), entryMatch(entry));
}

/** Where an entry of a list is found among many; undefined: everywhere. */
export function placesOfEntry(entry: HostEntry): string[] | undefined {
  const kind = matchKind(entryMatch(entry));
  return kind.by === 'any' ? undefined : placesOfPattern(kind.by === 'name' ? kind : exact, entryText(entry));
}

/** Where a pattern of names is found among many: one of these places is enough; undefined: everywhere. */
export function placesOfPattern(kind: NameKind, text: string): string[] | undefined {
  const pattern = canonical(text);
  const places = [kind.domain(pattern) ?? [], ...(kind.texts?.(pattern) ?? []).map(placesOfText)].flat();
  return places.length > 0 ? places : undefined;
}

/** Whether an entry of a list (exempt hosts, proxy lists, faults) covers a name. */
export function covers(entry: HostEntry, name: string): boolean {
  return entryMatcher(entry)(name);
}

/** Whether an entry covers every name that a pattern, compared as it is written, is about. */
export function coversAll(entry: HostEntry, pattern: string): boolean {
  const kind = matchKind(entryMatch(pattern));
  const names = kind.by === 'name' ? kind.samples(canonical(pattern)) : [pattern];
  return names.every(entryMatcher(entry));
}
