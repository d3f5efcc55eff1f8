import type { Seen } from './sight.js';

/** What a cause is about: every attempt with these. Nothing said: all attempts. */
export interface Scope {
  server?: string;
  account?: string;
  /** Several accounts, where more than one is meant. */
  accounts?: string[];
  stack?: string;
  port?: number;
  /** A row of the requirements page. */
  row?: string;
  host?: string;
  /** Of a row, only these hosts; others below it worked. */
  hosts?: string[];
}
type Part = Exclude<keyof Scope, 'hosts' | 'accounts'>;

/** Shapes of a scope from the simplest on; of two that explain as much the earlier is meant. */
const shapes: readonly (readonly Part[])[] = [
  [],
  ['port'],
  ['row'],
  ['account'],
  ['stack'],
  ['host', 'port'],
  ['account', 'port'],
  ['stack', 'port'],
  ['account', 'row'],
  ['stack', 'row'],
  ['account', 'host', 'port'],
  ['stack', 'host', 'port'],
];

/** A scope, and what of the attempts that failed it explains. */
export interface Scoped {
  scope: Scope;
  failed: Seen[];
  /** Attempts that worked and that differ from it: by them it is told from a wider one. */
  controls: number;
  /** What it explains worked at other times. */
  contradictory: boolean;
}

/**
 * The fewest scopes that explain all attempts that failed in one way, such that nothing in them worked.
 * `passed`: attempts that got beyond what stopped these.
 */
export function scopesOf(failed: readonly Seen[], passed: readonly Seen[]): Scoped[] {
  const servers = new Set([...failed, ...passed].map(({ server }) => server));
  const possible =
    servers.size > 1 ? shapes.flatMap((shape) => [shape, [...shape, 'server'] as Part[]]) : shapes;
  const candidates = new Map<string, { scope: Scope; failed: Seen[]; rank: number }>();
  for (const attempt of failed)
    for (const [rank, shape] of possible.entries()) {
      const scope = scopeOf(attempt, shape);
      const key = scope && JSON.stringify(scope);
      if (!scope || !key || candidates.has(key)) continue;
      if (passed.some((one) => isIn(one, scope))) continue;
      const of = failed.filter((one) => isIn(one, scope));
      if (isBacked(shape, of, passed)) candidates.set(key, { scope, failed: of, rank });
    }
  return joined(cover(failed, [...candidates.values()])).map(({ scope, failed: of, contradictory }) => ({
    ...{ scope, failed: of, contradictory },
    controls: passed.length,
  }));
}

interface Chosen {
  scope: Scope;
  failed: Seen[];
  contradictory: boolean;
}

/** Accounts that are each closed wherever they go are one cause, about who is let out. */
function joined(all: readonly Chosen[]): Chosen[] {
  const isOfAccount = ({ scope }: Chosen) => Object.keys(scope).join() === 'account';
  const accounts = all.filter(isOfAccount);
  const others = joinedHosts(all.filter((one) => !isOfAccount(one)));
  if (accounts.length < 2) return [...accounts, ...others];
  return [
    {
      scope: { accounts: accounts.flatMap(({ scope }) => scope.account ?? []) },
      failed: accounts.flatMap(({ failed }) => failed),
      contradictory: false,
    },
    ...others,
  ];
}

/** Several hosts below one row are one cause: a list that names hosts where the page names a domain. */
function joinedHosts(all: readonly Chosen[]): Chosen[] {
  const byRow = new Map<string, Chosen>();
  for (const one of all) {
    const { host, port, ...others } = one.scope;
    const row = one.failed[0]?.row;
    const key = JSON.stringify(host === undefined || row === undefined ? one.scope : { ...others, row });
    const before = byRow.get(key);
    if (!before) byRow.set(key, one);
    else
      byRow.set(key, {
        scope: {
          ...others,
          ...(row !== undefined && { row }),
          hosts: hostsIn([...before.failed, ...one.failed]),
        },
        failed: [...before.failed, ...one.failed],
        contradictory: before.contradictory || one.contradictory,
      });
  }
  return [...byRow.values()];
}

function hostsIn(attempts: readonly Seen[]): string[] {
  return [...new Set(attempts.map(({ host }) => host))];
}

function cover(
  failed: readonly Seen[],
  candidates: readonly { scope: Scope; failed: Seen[]; rank: number }[],
): Chosen[] {
  const left = new Set(failed);
  const chosen: Chosen[] = [];
  for (;;) {
    const counted = candidates
      .map((candidate) => ({ ...candidate, gains: places(candidate.failed.filter((one) => left.has(one))) }))
      .filter(({ gains }) => gains > 0)
      .sort((a, b) => b.gains - a.gains || a.rank - b.rank);
    const [best] = counted;
    if (!best) break;
    chosen.push({ scope: best.scope, failed: best.failed, contradictory: false });
    for (const one of best.failed) left.delete(one);
  }
  // What worked at other times: by place, since no rule of a firewall divides it.
  const byPlace = new Map<string, Seen[]>();
  for (const one of left) {
    const key = one.row ?? `${one.host}:${one.port}`;
    byPlace.set(key, [...(byPlace.get(key) ?? []), one]);
  }
  for (const of of byPlace.values()) {
    const [first] = of as [Seen];
    const scope = scopeOf(first, first.row === undefined ? ['host', 'port'] : ['row']) ?? {};
    chosen.push({ scope, failed: of, contradictory: true });
  }
  return chosen;
}

/** Twenty attempts at one host say no more than one. */
function places(attempts: readonly Seen[]): number {
  return new Set(
    attempts.map(({ server, account, stack, host, port }) => [server, account, stack, host, port].join()),
  ).size;
}

/** A scope over several places is meant only where several failed. */
function isBacked(shape: readonly Part[], failed: readonly Seen[], passed: readonly Seen[]): boolean {
  if (shape.includes('row') || shape.includes('host')) return true;
  const spots = new Set(failed.map(spotOf));
  // Of an account only where another one got further at a place of it: else places say as much.
  if (shape.includes('account') && !passed.some((one) => spots.has(spotOf(one)))) return false;
  if (shape.length === 0) return new Set(failed.map(({ port }) => port)).size > 1 && spots.size > 1;
  return spots.size > 1;
}

function spotOf({ row, host, port }: Seen): string {
  return row ?? `${host}:${port}`;
}

function scopeOf(attempt: Seen, shape: readonly Part[]): Scope | undefined {
  const scope: Scope = {};
  for (const part of shape) {
    const value = attempt[part];
    if (value === undefined) return undefined;
    Object.assign(scope, { [part]: value });
  }
  return scope;
}

/** Whether a scope is about an attempt. */
export function isIn(attempt: Seen, { accounts, hosts, ...scope }: Scope): boolean {
  return (
    (accounts?.includes(attempt.account) ?? true) &&
    (hosts?.includes(attempt.host) ?? true) &&
    (Object.keys(scope) as Part[]).every((part) => attempt[part] === scope[part])
  );
}

/** In words, to follow "to" or "of". */
export function scopeInWords({ server, account, accounts, stack, port, row, host, hosts }: Scope): string {
  const place =
    row !== undefined
      ? row.replace(/^hosts\//, '').replace(/\/(\d+)$/, ':$1')
      : host !== undefined
        ? `${host}:${port}`
        : port !== undefined
          ? `every host on port ${port}`
          : 'every host';
  return [
    hosts === undefined ? place : `${hosts.length} hosts of ${place}`,
    ...(account === undefined ? [] : [`as ${account}`]),
    ...(accounts === undefined ? [] : [`as ${accounts.join(' or ')}`]),
    ...(stack === undefined ? [] : [`by the ${stack} stack`]),
    ...(server === undefined ? [] : [`from ${server}`]),
  ].join(', ');
}
