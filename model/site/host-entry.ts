import { type MatchName, meantBy, type NameMatch } from './match/index.js';

/** An entry of a list of hosts: as it is written, or with how it is compared, where that is not what is meant. */
export type HostEntry = string | { host: string; match: NameMatch };

/** The host or pattern of an entry. */
export function entryText(entry: HostEntry): string {
  return typeof entry === 'string' ? entry : entry.host;
}

/** How an entry is compared with names. */
export function entryMatch(entry: HostEntry): MatchName {
  return typeof entry === 'string' ? meantBy(entry) : entry.match;
}

/** By which evidence and hints call an entry: `*.x`, `*.x match one-label`. */
export function entryName(entry: HostEntry): string {
  return typeof entry === 'string' ? entry : `${entry.host} match ${entry.match}`;
}

/** The names that something is about that the resolver says wrongly. */
export function faultEntry({ name, match }: { name: string; match?: NameMatch | undefined }): HostEntry {
  return match ? { host: name, match } : name;
}
