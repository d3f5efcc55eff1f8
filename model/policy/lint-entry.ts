import type { DocumentedHost } from '../requirements/documented-host.js';
import { entryMatch, entryText, type HostEntry } from '../site/host-entry.js';
import { matchKind } from '../site/match/index.js';
import type { Remark } from '../site/match/match-kind.js';

/**
 * Why an entry of a list of hosts can never match: it is more than a host, or nothing that is compared
 * with names. Undefined: it can.
 */
export function lintEntry(entry: HostEntry, rows: readonly DocumentedHost[]): Remark | undefined {
  const text = entryText(entry);
  const match = entryMatch(entry);
  if (matchKind(match).by === 'address') {
    // Who asks for an address by itself is compared with it as it is written.
    if (match === 'address' && !/[-/]/.test(text)) return undefined;
    const what = match === 'address' ? 'addresses' : 'a service tag';
    return {
      kind: 'not-a-name',
      message: `"${text}" stands for ${what}, and names are compared here: it can never match`,
    };
  }
  return moreThanHost(text, rows) ?? matchKind(match).lint({ text })[0];
}

/** What stands beside the host in a text that is compared with hosts; undefined: nothing. */
export function moreThanHost(text: string, rows: readonly DocumentedHost[]): Remark | undefined {
  const [, scheme = '', host = '', port = '', path = ''] =
    /^([a-z][a-z0-9+.-]*:\/\/)?([^/:]+)(:\d+)?(\/.*)?$/i.exec(text) ?? [];
  const extra = [scheme && 'a scheme', port && 'a port', path && 'a path'].filter((part) => part !== '');
  if (host === '' || extra.length === 0) return undefined;
  // A host is more than one path of it: only where the page itself asks for the host is it proposed.
  const isWider = path.length > 1 && !rows.some(({ rule }) => rule === host);
  const message = `"${text}" has ${extra.join(' and ')}, and hosts are compared here: it can never match`;
  return { kind: 'more-than-a-host', message, ...(!isWider && { suggestion: host }) };
}
