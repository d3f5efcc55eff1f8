import { methodTo } from '../path/proxy-hop.js';
import { beforeLine, behindLine, type Edit } from './edit.js';
import type { Ask, ClosedPlace, Patch, Patcher } from './patcher.js';

/** squid.conf: lists of hosts, and an `http_access` line with them before the one that closes today. */
export const squid: Patcher = {
  format: 'squid',
  kinds: ['pass-proxy', 'exempt-from-authentication', 'do-not-inspect'],
  patch({ text }, ask): Patch {
    const names = new Names(text, ask);
    if (ask.request.kind === 'do-not-inspect') return notRead(text, ask, names);
    const edits = [...grouped(ask.places)].map(([line, places]): Edit => {
      const lines = openings(places, text, names);
      return line === undefined
        ? behindLine(text, lastLine(text, /^\s*http_access\s/), lines)
        : beforeLine(text, line, lines);
    });
    return { edits, leftOut: [] };
  },
};

/** Lists of a file that it does not have yet; each request has its own. */
class Names {
  readonly #taken = new Set<string>();
  readonly #prefix: string;

  constructor(
    private readonly text: string,
    { request }: Ask,
  ) {
    this.#prefix = request.kind === 'exempt-from-authentication' ? 'connector_noauth' : 'connector';
  }

  next(what: string): string {
    for (let count = 1; ; count++) {
      const name = `${this.#prefix}_${what}${count === 1 ? '' : `_${count}`}`;
      if (this.#taken.has(name) || new RegExp(`(^|\\s)!?${name}(\\s|$)`, 'm').test(this.text)) continue;
      this.#taken.add(name);
      return name;
    }
  }
}

/** Places by the first line that closes them; undefined: none does. */
function grouped(places: readonly ClosedPlace[]): Map<number | undefined, ClosedPlace[]> {
  const groups = new Map<number | undefined, ClosedPlace[]>();
  for (const place of places) {
    const line = place.closedAt.length === 0 ? undefined : Math.min(...place.closedAt);
    groups.set(line, [...(groups.get(line) ?? []), place]);
  }
  return groups;
}

function openings(places: readonly ClosedPlace[], text: string, names: Names): string[] {
  const lines: string[] = [];
  for (const port of [...new Set(places.map((one) => one.port))]) {
    const ofPort = names.next(`port_${port}`);
    lines.push(`acl ${ofPort} port ${port}`);
    const connect = /^[ \t]*acl[ \t]+CONNECT\s/m.test(text) ? 'CONNECT' : names.next('tunnel');
    if (connect !== 'CONNECT') lines.push(`acl ${connect} method CONNECT`);
    const asked = `${methodTo(port) === 'connect' ? '' : '!'}${connect}`;
    const hosts = places.filter((one) => one.port === port).map(({ host }) => host);
    const isBelow = (host: string) => host.startsWith('*.');
    const exact = hosts.filter((host) => !isBelow(host));
    const below = hosts.filter(isBelow);
    if (exact.length > 0) {
      const name = names.next(`hosts_${port}`);
      lines.push(...exact.map((host) => `acl ${name} dstdomain ${host}`));
      lines.push(`http_access allow ${asked} ${ofPort} ${name}`);
    }
    if (below.length > 0) {
      const name = names.next(`below_${port}`);
      // A dot before a name of dstdomain would mean that name, too, for which nobody asks.
      lines.push(
        ...below.map(
          (host) => `acl ${name} dstdom_regex -n ${host.slice(1).replaceAll('.', String.raw`\.`)}$`,
        ),
      );
      lines.push(`http_access allow ${asked} ${ofPort} ${name}`);
    }
  }
  return lines;
}

/** Tunnels to hosts are passed on unread, before a line reads them. */
function notRead(text: string, { places }: Ask, names: Names): Patch {
  const at = text.split('\n').findIndex((line) => /^\s*ssl_bump\s+(bump|stare)\b/.test(line));
  if (at < 0) {
    const why = 'no line of it reads tunnels (ssl_bump bump)';
    return { edits: [], leftOut: [{ places: [...places], why }] };
  }
  const name = names.next('unread');
  const all = [...new Set(places.map(({ host }) => host.replace(/^\*/, '')))];
  // squid starts with no list in which a name is below another.
  const hosts = all.filter(
    (host) => !all.some((one) => one !== host && one.startsWith('.') && host.endsWith(one)),
  );
  const lines = [...hosts.map((host) => `acl ${name} ssl::server_name ${host}`), `ssl_bump splice ${name}`];
  return { edits: [beforeLine(text, at + 1, lines)], leftOut: [] };
}

/** The last line that begins so, with those that it is folded into; from 1. */
function lastLine(text: string, begin: RegExp): number {
  const lines = text.split('\n');
  let at = lines.findLastIndex((line) => begin.test(line));
  if (at < 0) return lines.length;
  while (lines[at]?.endsWith('\\')) at++;
  return at + 1;
}
