import type { Account } from '../../../../model/evidence/vocabulary.js';
import { accountsOf } from '../../../../model/site/accounts.js';
import type { Firewall, Site } from '../../../../model/site/schema.js';

/**
 * The accounts as a firewall in the network knows them. Real ones ask an identity agent on the
 * server; here the server writes the account into the DSCP field of its packets.
 */
export function dscpOf(site: Site, account: Account): number {
  return accountsOf(site).indexOf(account) + 1;
}

/** The accounts that rules of a firewall are about. */
export function accountsNamed({ rules }: Pick<Firewall, 'rules'>): Account[] {
  return [...new Set(rules.flatMap(({ account }) => account ?? []))];
}
