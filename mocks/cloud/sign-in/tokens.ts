import { randomUUID } from 'node:crypto';
import { idOf, roleTemplates } from '../../protocol/directory-ids.js';
import type { CloudContext, CloudReply } from '../service.js';
import { makeToken } from '../token.js';
import { issuerOf, type User } from './accounts.js';
import type { Client } from './clients.js';
import { noStore } from './refusal.js';
import type { GrantedScope } from './scopes.js';

/** How long a token is good, seconds. */
const tokenSeconds = 3600;

/** What a user has agreed to. */
export interface Grant {
  client: Client;
  user: User;
  scope: GrantedScope;
  nonce?: string;
}

/** The reply to a good token request for a user. `refreshToken`: where one was asked for. */
export function tokenReply(context: CloudContext, grant: Grant, refreshToken?: string): CloudReply {
  const { user, scope } = grant;
  const access = {
    ...claimsOf(context, grant),
    aud: scope.resource,
    scp: scope.permissions.join(' '),
    upn: user.name,
    name: user.name,
    ver: '2.0',
  };
  return reply({
    token_type: 'Bearer',
    scope: scope.text,
    expires_in: tokenSeconds,
    ext_expires_in: tokenSeconds,
    access_token: makeToken(access, context.pki.tokenKey),
    ...(refreshToken && { refresh_token: refreshToken }),
    ...(scope.openid && { id_token: idToken(context, grant) }),
    client_info: clientInfo(context, user),
  });
}

/** Who has signed in, for the program that asked. */
export function idToken(context: CloudContext, grant: Grant): string {
  const { client, user, nonce } = grant;
  const claims = {
    ...claimsOf(context, grant),
    aud: client.id,
    sub: idOf('user', `${user.name} ${client.id}`),
    upn: user.name,
    preferred_username: user.name,
    name: user.name,
    ver: '2.0',
    ...(nonce && { nonce }),
  };
  return makeToken(claims, context.pki.tokenKey);
}

/** The reply to a client that acts for itself: no user, no refresh, no delegated permission. */
export function applicationTokenReply(context: CloudContext, client: Client, resource: string): CloudReply {
  const claims = {
    ...times(context),
    aud: resource,
    iss: issuerOf(context.site(), context.names()),
    tid: context.site().tenant.id,
    azp: client.id,
    oid: idOf('service-principal', client.id),
    roles: ['Directory.ReadWrite.All'],
    wids: [],
    idtyp: 'app',
    ver: '2.0',
  };
  return reply({
    token_type: 'Bearer',
    expires_in: tokenSeconds,
    ext_expires_in: tokenSeconds,
    access_token: makeToken(claims, context.pki.tokenKey),
  });
}

function claimsOf(context: CloudContext, { client, user }: Grant) {
  return {
    ...times(context),
    iss: issuerOf(context.site(), context.names()),
    tid: context.site().tenant.id,
    azp: client.id,
    oid: idOf('user', user.name),
    wids: user.roles.map((role) => roleTemplates[role]),
    uti: randomUUID(),
  };
}

function times(context: CloudContext) {
  const iat = Math.floor(context.stack.clock.now() / 1000);
  return { iat, nbf: iat, exp: iat + tokenSeconds };
}

function clientInfo(context: CloudContext, user: User): string {
  const info = { uid: idOf('user', user.name), utid: context.site().tenant.id };
  return Buffer.from(JSON.stringify(info)).toString('base64url');
}

function reply(body: unknown): CloudReply {
  return { status: 200, headers: noStore, body: JSON.stringify(body) };
}
