import { type Account, accounts } from '../evidence/vocabulary.js';
import { edgeFirewalls } from './edge-firewalls.js';
import type { Placed } from './placed.js';
import type { Site } from './schema.js';

/** More have no mark of their own in packets (six bits), by which firewalls in the network know them. */
const mostAccounts = 63;

/** Every account of a site that opens connections or that a rule is about: those of every server first. */
export function accountsOf(site: Site): Account[] {
  const { servers, proxy } = site;
  const rules = [...servers.map((server) => server['host-firewall']), ...edgeFirewalls(site)].flatMap(
    (one) => one.rules,
  );
  return [
    ...new Set([
      ...accounts,
      ...servers.flatMap(({ services }) => [services.connector, services.updater]),
      ...rules.flatMap((rule) => rule.account ?? []),
      ...(proxy?.rules ?? []).flatMap((rule) => rule.account ?? []),
    ]),
  ];
}

export function tooManyAccounts(site: Site): Placed[] {
  const count = accountsOf(site).length;
  const message = `${count} accounts are named; a site may have ${mostAccounts}`;
  return count > mostAccounts ? [{ path: ['servers'], message }] : [];
}
