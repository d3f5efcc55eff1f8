import { type Account, accounts } from '../../../../model/evidence/vocabulary.js';

/**
 * The accounts as a firewall in the network knows them. Real ones ask an identity agent on the
 * server; here the server writes the account into the DSCP field of its packets.
 */
export function dscpOf(account: Account): number {
  return accounts.indexOf(account) + 1;
}
