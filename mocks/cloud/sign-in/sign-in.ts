import { nativeClientPath } from '../../protocol/oauth.js';
import { confirmPath, deviceCodePath, loginPath, secondFactorPath } from '../../protocol/sign-in-page.js';
import {
  type CloudContext,
  type CloudReply,
  type CloudRequest,
  html,
  json,
  onePerCloud,
  type Service,
} from '../service.js';
import { findAuthority } from './accounts.js';
import { pageReply } from './answer.js';
import { deviceAuthorization } from './device-code.js';
import { instanceDiscovery, keys, openIdConfiguration } from './discovery.js';
import { Interactive } from './interactive.js';
import { SignInMemory } from './memory.js';
import { SignInRefusal } from './refusal.js';
import { redeem } from './token-endpoint.js';

/** What the two services share is what is under way. */
const signInOf = onePerCloud((context) => {
  const memory = new SignInMemory(context.stack.clock);
  return { memory, interactive: new Interactive(context, memory) };
});

/**
 * Sign-in: discovery, the page with its second factor, and tokens by code, device code, password,
 * refresh and secret.
 */
export const signIn = {
  name: 'sign-in',
  hosts: (names) => [
    {
      name: names.authority,
      block: 'sign-in',
      chain: ['login.mso.msidentity.com', 'ak.privatelink.msidentity.com'],
    },
    { name: names.olderAuthority, block: 'sign-in', chain: ['login.mso.msidentity.com'] },
  ],
  askedByScripts: true,
  answer: (context) => {
    const { memory, interactive } = signInOf(context);
    return (request) => answer(context, memory, interactive, request);
  },
} satisfies Service;

/** The second factor's own host, which the page asks by script. */
export const secondFactor: Service = {
  name: 'second-factor',
  hosts: (names) => [{ name: names.secondFactor, block: 'sign-in' }],
  answer:
    (context) =>
    ({ url }) => {
      if (url.pathname !== confirmPath) return { status: 404 };
      const { interactive } = signInOf(context);
      return {
        status: 200,
        headers: { ...json, 'Access-Control-Allow-Origin': `https://${context.names().authority}` },
        body: JSON.stringify(interactive.confirm(url.searchParams.get('ctx') ?? '')),
      };
    },
};

function answer(
  context: CloudContext,
  memory: SignInMemory,
  interactive: Interactive,
  request: CloudRequest,
): CloudReply {
  const posted = request.method === 'POST';
  const form = new URLSearchParams(request.body.toString());
  try {
    const shown = page();
    if (shown) return shown;
  } catch (error) {
    if (!(error instanceof SignInRefusal)) throw error;
    return pageReply(context.names(), { step: 'error', error });
  }
  try {
    return api() ?? { status: 404, headers: html, body: '<h1>404</h1>' };
  } catch (error) {
    if (!(error instanceof SignInRefusal)) throw error;
    const correlation =
      request.headers['client-request-id'] ?? request.url.searchParams.get('client-request-id');
    const id = typeof correlation === 'string' ? correlation.slice(0, 64) : undefined;
    return allowScripts(error.reply(context.stack.clock.now(), context.names().authority, id));
  }

  /** What people see. */
  function page(): CloudReply | undefined {
    const { pathname } = request.url;
    if (pathname === loginPath && posted) return interactive.login(form);
    if (pathname === secondFactorPath && posted) return interactive.processSecondFactor(form);
    if (pathname === deviceCodePath) return interactive.deviceCode(posted ? form : undefined);
    if (pathname === nativeClientPath)
      return { status: 200, headers: html, body: '<!doctype html><title>Done</title>' };
    const [, segment = '', endpoint] = /^\/([^/]+)\/oauth2\/v2\.0\/(authorize|logout)$/.exec(pathname) ?? [];
    if (!endpoint) return undefined;
    const authority = findAuthority(segment, context.site());
    return endpoint === 'logout' ? interactive.signedOut() : interactive.authorize(authority, request);
  }

  /** What programs ask. */
  function api(): CloudReply | undefined {
    const { pathname } = request.url;
    if (/^(\/[^/]+)?\/discovery\/instance$/.test(pathname)) return instanceDiscovery(context);
    const [, segment = '', endpoint] = /^\/([^/]+)\/(.+)$/.exec(pathname) ?? [];
    switch (endpoint) {
      case 'v2.0/.well-known/openid-configuration':
        return openIdConfiguration(context, findAuthority(segment, context.site()));
      case 'discovery/v2.0/keys':
        findAuthority(segment, context.site());
        return keys(context);
      case 'oauth2/v2.0/devicecode':
        if (!posted) return undefined;
        return deviceAuthorization(context, memory, findAuthority(segment, context.site()), form);
      case 'oauth2/v2.0/token':
        if (!posted) return undefined;
        return allowScripts(
          redeem({ context, memory, authority: findAuthority(segment, context.site()), form }),
        );
    }
    return undefined;
  }
}

/** Programs that run in a page may read the reply. */
function allowScripts(reply: CloudReply): CloudReply {
  return { ...reply, headers: { ...reply.headers, 'Access-Control-Allow-Origin': '*' } };
}
