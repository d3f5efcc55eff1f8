import { z } from 'zod';
import { ownAccountPattern } from '../evidence/account.js';
import { accounts, type OwnAccount } from '../evidence/vocabulary.js';

/** Windows compares accounts without case: the domain in capitals, the name in small letters. */
export function canonicalAccount<A extends string>(account: A): A {
  const [domain = '', name] = account.split('\\');
  return (name === undefined ? account : `${domain.toUpperCase()}\\${name.toLowerCase()}`) as A;
}

const ownAccount = z.string().regex(ownAccountPattern) as z.ZodType<OwnAccount, OwnAccount>;

/** An account in a site file: one that every server has, or one of the customer's domain. */
export const account = z.union([z.enum(accounts), ownAccount.transform(canonicalAccount)], {
  error: `an account: ${accounts.join(', ')}, or one of the domain such as CONTOSO\\svc-connector$`,
});
