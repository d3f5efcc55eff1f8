import { createHash, randomUUID } from 'node:crypto';
import { oauthError } from '../../protocol/oauth.js';
import {
  type CloudContext,
  type CloudReply,
  type CloudRequest,
  html,
  json,
  type Service,
} from '../service.js';
import { makeToken } from '../token.js';
import { signInPage } from './page.js';

/** How long a token is good, seconds. */
const tokenSeconds = 3600;

/**
 * The sign-in service: discovery, the page, credentials, codes and tokens. Enough of OAuth for the
 * installer and for users who pre-authenticate.
 */
export function signIn(context: CloudContext): Service {
  const challenges = new Map<string, string>();
  return (request) => {
    const { pathname } = request.url;
    if (pathname === '/common/discovery/instance') return discovery();
    if (pathname.endsWith('/.well-known/openid-configuration')) return openIdConfiguration();
    if (pathname.endsWith('/oauth2/v2.0/authorize')) return authorize(request);
    if (pathname === '/common/login' && request.method === 'POST') return login(request);
    if (pathname.endsWith('/oauth2/v2.0/token') && request.method === 'POST') return token(request);
    return { status: 404, headers: html, body: '<h1>404</h1>' };
  };

  function discovery(): CloudReply {
    const { authority, olderAuthority } = context.names();
    return reply(200, {
      tenant_discovery_endpoint: `https://${authority}/common/v2.0/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: [
        { preferred_network: authority, preferred_cache: authority, aliases: [authority, olderAuthority] },
      ],
    });
  }

  function openIdConfiguration(): CloudReply {
    const base = `https://${context.names().authority}/${context.site().tenant.id}`;
    return reply(200, {
      issuer: `${base}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
    });
  }

  function authorize(request: CloudRequest): CloudReply {
    const state = randomUUID();
    challenges.set(state, request.url.searchParams.get('code_challenge') ?? '');
    return { status: 200, headers: html, body: signInPage(context.names(), state) };
  }

  function login(request: CloudRequest): CloudReply {
    const form = new URLSearchParams(request.body.toString());
    const name = form.get('loginfmt') ?? '';
    const user = context.site().tenant.users.find((one) => one.name === name);
    if (!name.endsWith(`@${context.site().tenant.domain}`))
      return reply(400, oauthError('invalid_request', 50059, 'no tenant could be found for this account'));
    if (!user) return reply(400, oauthError('invalid_grant', 50034, 'the account is not in the directory'));
    const code = randomUUID();
    context.state.codes.set(code, user.name);
    challenges.set(code, challenges.get(form.get('ctx') ?? '') ?? '');
    return reply(200, { code });
  }

  function token(request: CloudRequest): CloudReply {
    const form = new URLSearchParams(request.body.toString());
    const code = form.get('code') ?? '';
    const name = context.state.codes.get(code);
    if (form.get('grant_type') !== 'authorization_code' || !name)
      return reply(400, oauthError('invalid_grant', 70008, 'the code is unknown or was used before'));
    const verifier = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const challenge = challenges.get(code);
    if (challenge && challenge !== verifier)
      return reply(400, oauthError('invalid_grant', 50148, 'the code verifier does not match'));
    context.state.codes.delete(code);
    const { tenant } = context.site();
    const user = tenant.users.find((one) => one.name === name);
    const exp = Math.floor(context.stack.clock.now() / 1000) + tokenSeconds;
    const claims = {
      aud: form.get('scope') ?? '',
      tid: tenant.id,
      upn: name,
      exp,
      roles: [...(user?.roles ?? [])],
    };
    const objectId = objectIdOf(name);
    const issued = exp - tokenSeconds;
    const idClaims = {
      ...claims,
      aud: form.get('client_id') ?? '',
      oid: objectId,
      sub: objectId,
      preferred_username: name,
      name,
      ver: '2.0',
      iat: issued,
      nbf: issued,
      iss: `https://${context.names().authority}/${tenant.id}/v2.0`,
    };
    return reply(200, {
      token_type: 'Bearer',
      scope: form.get('scope') ?? '',
      expires_in: tokenSeconds,
      ext_expires_in: tokenSeconds,
      access_token: makeToken(claims, context.pki.tokenKey),
      id_token: makeToken(idClaims, context.pki.tokenKey),
      client_info: Buffer.from(JSON.stringify({ uid: objectId, utid: tenant.id })).toString('base64url'),
    });
  }
}

/** A user's id in the directory: always the same for the same name. */
function objectIdOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

function reply(status: number, body: unknown): CloudReply {
  return { status, headers: json, body: JSON.stringify(body) };
}
