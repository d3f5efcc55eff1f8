import type { Site } from '../../../model/site/schema.js';
import type { ServiceNames } from '../../protocol/names.js';
import { SignInRefusal } from './refusal.js';

export type User = Site['tenant']['users'][number];

/** Names of authorities that stand for every directory. */
export type Authority = 'common' | 'organizations' | 'tenant';

/**
 * Which directory a path of the sign-in service is about: its id, its domain, or a name for all.
 * @throws SignInRefusal
 */
export function findAuthority(segment: string, { tenant }: Site): Authority {
  const asked = segment.toLowerCase();
  if (asked === 'common' || asked === 'organizations') return asked;
  if (asked === tenant.id.toLowerCase() || asked === tenant.domain.toLowerCase()) return 'tenant';
  throw new SignInRefusal(
    'invalid_request',
    90002,
    `Tenant '${segment.slice(0, 100)}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud`,
  );
}

/** The path segment that endpoints of an authority have in discovery. */
export function segmentOf(authority: Authority, { tenant }: Site): string {
  return authority === 'tenant' ? tenant.id : authority;
}

/** Name and password. @throws SignInRefusal */
export function checkAccount(site: Site, authority: Authority, name: string, password: string): User {
  const { users, domain } = site.tenant;
  const user = users.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (user) {
    if (user.password === password) return user;
    throw new SignInRefusal(
      'invalid_grant',
      50126,
      'Error validating credentials due to invalid username or password',
    );
  }
  if (authority === 'tenant' || name.toLowerCase().endsWith(`@${domain.toLowerCase()}`))
    throw new SignInRefusal(
      'invalid_grant',
      50034,
      `The user account ${name.slice(0, 128)} does not exist in the ${domain} directory. To sign into this application, the account must be added to the directory`,
    );
  throw new SignInRefusal(
    'invalid_request',
    50059,
    'No tenant-identifying information found in either the request or implied by any provided credentials',
  );
}

/**
 * What a user's phone answers to a second factor; `none` where the directory asks for none: it does
 * of administrators.
 */
export function secondFactorOf(user: User): 'none' | 'approve' | 'deny' {
  return user['second-factor'] ?? (user.roles.length > 0 ? 'approve' : 'none');
}

export function issuerOf({ tenant }: Site, names: ServiceNames): string {
  return `https://${names.authority}/${tenant.id}/v2.0`;
}
