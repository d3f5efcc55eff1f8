import { createHash, timingSafeEqual } from 'node:crypto';
import type { CloudContext, CloudReply } from '../service.js';
import { type Authority, checkAccount, secondFactorOf } from './accounts.js';
import { type Client, findClient } from './clients.js';
import { deviceUser } from './device-code.js';
import type { SignInMemory } from './memory.js';
import { SignInRefusal } from './refusal.js';
import { readScope } from './scopes.js';
import { applicationTokenReply, type Grant, tokenReply } from './tokens.js';

export interface TokenRequest {
  context: CloudContext;
  memory: SignInMemory;
  authority: Authority;
  form: URLSearchParams;
}

type GrantKind = (request: TokenRequest, client: Client) => CloudReply;

const grants: Record<string, GrantKind> = {
  authorization_code: byCode,
  refresh_token: byRefreshToken,
  password: byPassword,
  client_credentials: byClient,
  device_code: byDevice,
  'urn:ietf:params:oauth:grant-type:device_code': byDevice,
};

/** Something good for a token. @throws SignInRefusal */
export function redeem(request: TokenRequest): CloudReply {
  const { context, form } = request;
  const client = findClient(form.get('client_id'), context.site(), context.names());
  const kind = required(form, 'grant_type');
  const grant = Object.hasOwn(grants, kind) ? grants[kind] : undefined;
  if (!grant) {
    const text = `The app requested an unsupported grant type '${kind.slice(0, 100)}'`;
    throw new SignInRefusal('unsupported_grant_type', 70003, text);
  }
  authenticate(client, form);
  return grant(request, client);
}

function byCode({ context, memory, form }: TokenRequest, client: Client): CloudReply {
  const code = memory.codes.find(required(form, 'code'));
  if (code === 'expired')
    throw new SignInRefusal(
      'invalid_grant',
      70008,
      'The provided authorization code or refresh token has expired',
    );
  if (!code || code.grant.client.id !== client.id)
    throw new SignInRefusal(
      'invalid_grant',
      70000,
      "The provided value for the input parameter 'code' is not valid",
    );
  if (code.redeemed)
    throw new SignInRefusal(
      'invalid_grant',
      54005,
      'OAuth2 Authorization code was already redeemed, please retry with a new valid code',
    );
  if (form.get('redirect_uri') !== code.redirect.href && form.get('redirect_uri') !== trimmed(code.redirect))
    throw new SignInRefusal(
      'invalid_grant',
      500112,
      'The reply address does not match the reply address provided when requesting the authorization code',
    );
  if (code.challenge && !verifies(form.get('code_verifier') ?? '', code.challenge))
    throw new SignInRefusal(
      'invalid_grant',
      501481,
      'The code_verifier does not match the code_challenge supplied in the authorization request',
    );
  code.redeemed = true;
  return issue(context, memory, code.grant);
}

function byRefreshToken({ context, memory, form }: TokenRequest, client: Client): CloudReply {
  const given = memory.refreshTokens.find(required(form, 'refresh_token'));
  if (given === 'expired')
    throw new SignInRefusal('invalid_grant', 700082, 'The refresh token has expired due to inactivity');
  if (!given || given.client.id !== client.id)
    throw new SignInRefusal(
      'invalid_grant',
      70000,
      "The provided value for the input parameter 'refresh_token' is not valid",
    );
  const { tenant } = context.site();
  const user = tenant.users.find(({ name }) => name === given.user.name);
  if (!user)
    throw new SignInRefusal(
      'invalid_grant',
      50034,
      `The user account does not exist in the ${tenant.domain} directory`,
    );
  const asked = form.get('scope');
  const scope = asked ? readScope(asked, context.site(), context.names()) : given.scope;
  // Whoever has one refresh token gets the next.
  return issue(context, memory, { ...given, user, scope: { ...scope, offline: true } });
}

function byPassword({ context, memory, authority, form }: TokenRequest, client: Client): CloudReply {
  if (authority === 'common')
    throw new SignInRefusal(
      'invalid_request',
      9001023,
      'The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint',
    );
  const user = checkAccount(
    context.site(),
    authority,
    required(form, 'username'),
    required(form, 'password'),
  );
  if (secondFactorOf(user) !== 'none')
    throw new SignInRefusal(
      'invalid_grant',
      50076,
      'Due to a configuration change made by your administrator, you must use multi-factor authentication to access the resource',
      'basic_action',
    );
  const scope = readScope(required(form, 'scope'), context.site(), context.names());
  return issue(context, memory, { client, user, scope });
}

function byDevice({ context, memory, form }: TokenRequest, client: Client): CloudReply {
  const { scope, state } = deviceUser(memory, client.id, required(form, 'device_code'));
  return issue(context, memory, { client, user: state.user, scope });
}

function byClient({ context, authority, form }: TokenRequest, client: Client): CloudReply {
  if (client.secret === undefined)
    throw new SignInRefusal(
      'invalid_client',
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'",
    );
  if (authority !== 'tenant')
    throw new SignInRefusal(
      'invalid_request',
      50059,
      'No tenant-identifying information found in the request',
    );
  const scope = required(form, 'scope');
  if (!scope.endsWith('/.default') || scope.includes(' '))
    throw new SignInRefusal(
      'invalid_scope',
      1002012,
      `The provided value for scope ${scope.slice(0, 200)} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier`,
    );
  return applicationTokenReply(context, client, readScope(scope, context.site(), context.names()).resource);
}

function issue(context: CloudContext, memory: SignInMemory, grant: Grant): CloudReply {
  return tokenReply(context, grant, grant.scope.offline ? memory.refreshTokens.put(grant) : undefined);
}

/** A client with a secret has to show it, whatever it asks for. */
function authenticate({ id, secret }: Client, form: URLSearchParams): void {
  if (secret === undefined) return;
  const shown = form.get('client_secret');
  if (shown === null)
    throw new SignInRefusal(
      'invalid_client',
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'",
    );
  if (!same(shown, secret))
    throw new SignInRefusal(
      'invalid_client',
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, for app '${id}'`,
    );
}

function verifies(verifier: string, { method, value }: { method: 'S256' | 'plain'; value: string }): boolean {
  if (method === 'plain') return same(verifier, value);
  return same(createHash('sha256').update(verifier).digest('base64url'), value);
}

function same(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** URLs of an origin alone get a slash when they are parsed, which clients do not write. */
function trimmed(url: URL): string {
  return url.href.replace(/\/$/, '');
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value) return value;
  throw new SignInRefusal(
    'invalid_request',
    900144,
    `The request body must contain the following parameter: '${name}'`,
  );
}
