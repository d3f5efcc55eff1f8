import type { Scope } from '../diagnosis/scope.js';
import { upTo } from '../evidence/cut.js';

const row = /^hosts\/(.+)\/(\d+)$/;

/** Hosts of a scope as rules of a site have them; undefined: every host. */
export function hostsOf({ row: of, hosts, host }: Scope): string[] | undefined {
  if (hosts !== undefined) return hosts;
  if (host !== undefined) return [host];
  const [, name] = row.exec(of ?? '') ?? [];
  // A row that is a path: names are all that a rule has.
  return name === undefined ? undefined : [upTo('/', name)];
}

/** Port of a scope; undefined: every port. */
export function portOf({ port, row: of }: Scope): number | undefined {
  const [, , digits] = row.exec(of ?? '') ?? [];
  return port ?? (digits === undefined ? undefined : Number(digits));
}

/** Accounts of a scope; undefined: every account. */
export function accountsOf({ account, accounts }: Scope): string[] | undefined {
  return accounts ?? (account === undefined ? undefined : [account]);
}
