import type { CloudContext, CloudRequest } from '../service.js';
import { graphAppId } from '../sign-in/scopes.js';
import { type Claims, readToken } from '../token.js';
import { GraphRefusal } from './odata.js';

/** Either lets a user's program do what the user may (connector-facts 3.1). */
const enough = ['Directory.ReadWrite.All', 'Directory.AccessAsUser.All'];

/** Whose request it is. @throws GraphRefusal 401 */
export function callerOf(context: CloudContext, { headers, host }: CloudRequest): Claims {
  const token = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  if (!token) throw unauthenticated('Access token is empty.');
  const claims = readToken(token, context.pki.tokenKey, context.stack.clock.now());
  if (claims?.tid !== context.site().tenant.id)
    throw unauthenticated('Access token validation failure. The token is not valid, or has expired.');
  if (claims.aud !== `https://${host}` && claims.aud !== graphAppId)
    throw unauthenticated('Access token validation failure. Invalid audience.');
  return claims;
}

/** Connectors are administrators' business, and no program's alone. @throws GraphRefusal 403 */
export function checkAdministrator({ scp, wids }: Claims): void {
  const denied = (why: string) =>
    new GraphRefusal(
      403,
      'Authorization_RequestDenied',
      `Insufficient privileges to complete the operation. ${why}`,
    );
  if (scp === undefined) throw denied('Application permissions are not supported.');
  if (!scp.split(' ').some((one) => enough.includes(one)))
    throw denied(`One of ${enough.join(', ')} is needed.`);
  if (wids.length === 0) throw denied('The user has no administrator role.');
}

function unauthenticated(message: string): GraphRefusal {
  return new GraphRefusal(401, 'InvalidAuthenticationToken', message);
}
