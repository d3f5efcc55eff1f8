import { randomUUID } from 'node:crypto';
import type { Application } from '../../../model/site/schema.js';
import { idOf } from '../../protocol/directory-ids.js';
import { shows } from '../../protocol/lab-headers.js';
import type { CloudContext, CloudReply, CloudRequest } from '../service.js';
import { ShortLived } from '../sign-in/short-lived.js';
import { readToken } from '../token.js';

const cookie = 'AzureAppProxyAccessCookie';
/** How long somebody may take to sign in, milliseconds. */
const patience = 3_600_000;

/**
 * Users sign in before anything is let through: the browser is sent to the sign-in page, which sends
 * it back with a token in a form, and a cookie takes its place. The cookie's name is the real one;
 * that it holds the token itself is ours.
 */
export class PreAuthentication {
  /** Nonces of sign-ins under way → where the user wanted to go. */
  readonly #underWay: ShortLived<string>;

  constructor(private readonly context: CloudContext) {
    this.#underWay = new ShortLived(context.stack.clock, patience);
  }

  /** What is answered in the application's place; undefined for whoever is signed in. */
  check(application: Application, request: CloudRequest): CloudReply | undefined {
    const shown = new RegExp(`${cookie}=([^;]+)`).exec(request.headers.cookie ?? '')?.[1];
    const claims = shown === undefined ? undefined : this.#read(shown);
    // One for another application is no cookie of this one; the lab's own users show the one for Graph everywhere.
    const audiences = [idOf('application', application.name), `https://${this.context.names().graph}`];
    if (claims?.upn !== undefined && audiences.includes(claims.aud)) return undefined;
    return this.#arrive(application, request) ?? this.#send(application, request);
  }

  #read(token: string) {
    const claims = readToken(token, this.context.pki.tokenKey, this.context.stack.clock.now());
    return claims?.tid === this.context.site().tenant.id ? claims : undefined;
  }

  #send({ name }: Application, request: CloudRequest): CloudReply {
    const { authority } = this.context.names();
    const nonce = randomUUID();
    this.#underWay.put(request.url.pathname + request.url.search, nonce);
    const query = new URLSearchParams({
      client_id: idOf('application', name),
      response_type: 'id_token',
      response_mode: 'form_post',
      scope: 'openid profile',
      redirect_uri: `https://${request.host}/`,
      nonce,
      state: nonce,
    });
    const page = `https://${authority}/${this.context.site().tenant.id}/oauth2/v2.0/authorize?${query}`;
    return {
      status: 302,
      headers: { Location: page, 'Cache-Control': 'no-store', ...shows('sign-in') },
      detail: 'the user has to sign in first',
    };
  }

  /** The browser comes back from the sign-in page. */
  #arrive({ name }: Application, { method, body, host }: CloudRequest): CloudReply | undefined {
    if (method !== 'POST') return undefined;
    const form = new URLSearchParams(body.toString());
    const nonce = form.get('state') ?? '';
    const wanted = this.#underWay.find(nonce);
    const token = form.get('id_token') ?? '';
    const claims = this.#read(token);
    if (!wanted || wanted === 'expired') return undefined;
    if (claims?.aud !== idOf('application', name) || claims.nonce !== nonce) return undefined;
    this.#underWay.forget(nonce);
    return {
      status: 303,
      headers: {
        Location: `https://${host}${wanted}`,
        'Set-Cookie': `${cookie}=${token}; Path=/; Secure; HttpOnly`,
        'Cache-Control': 'no-store',
      },
    };
  }
}
