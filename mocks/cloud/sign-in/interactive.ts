import { randomUUID } from 'node:crypto';
import type { CloudContext, CloudReply, CloudRequest } from '../service.js';
import { type Authority, checkAccount, secondFactorOf, type User } from './accounts.js';
import { answerTo, pageReply } from './answer.js';
import { checkRedirect, findClient } from './clients.js';
import type { Purpose, SignInMemory, UnderWay } from './memory.js';
import { SignInRefusal } from './refusal.js';
import { readScope } from './scopes.js';
import { type Grant, idToken } from './tokens.js';

/** A sign-in in a browser: from the program's request to what it gets back, page by page. */
export class Interactive {
  constructor(
    private readonly context: CloudContext,
    private readonly memory: SignInMemory,
  ) {}

  /** A program sends somebody here. @throws SignInRefusal where there is no address to send the refusal to */
  authorize(authority: Authority, { url }: CloudRequest): CloudReply {
    const asked = url.searchParams;
    const site = this.context.site();
    const client = findClient(asked.get('client_id'), site, this.context.names());
    const redirect = checkRedirect(client, asked.get('redirect_uri'));
    const purpose = readPurpose(asked, redirect);
    try {
      checkPurpose(asked, purpose);
      const scope = readScope(asked.get('scope') ?? '', site, this.context.names());
      if (asked.get('prompt') === 'none')
        throw new SignInRefusal(
          'login_required',
          50058,
          'A silent sign-in request was sent but no user is signed in',
        );
      return this.#ask({ authority, client, scope, purpose });
    } catch (error) {
      if (!(error instanceof SignInRefusal)) throw error;
      return answerTo(purpose, { error: error.error, error_description: error.sentence }, error.sentence);
    }
  }

  /** Somebody opens the page where codes of devices are typed, or sends one. */
  deviceCode(form?: URLSearchParams): CloudReply {
    if (!form) return this.#page({ step: 'device-code' });
    const device = this.memory.userCodes.find((form.get('otc') ?? '').trim().toUpperCase());
    if (!device || device === 'expired') {
      const refusal =
        device === 'expired'
          ? new SignInRefusal('invalid_request', 70019, 'The code has expired. Ask the device for another')
          : new SignInRefusal(
              'invalid_request',
              70018,
              'That code did not work. Check the code and try again',
            );
      return this.#page({ step: 'device-code', error: refusal });
    }
    const { authority, client, scope } = device;
    return this.#ask({ authority, client, scope, purpose: { kind: 'device', device } });
  }

  /** Name and password come in, or somebody gives up. */
  login(form: URLSearchParams): CloudReply {
    const ctx = form.get('ctx') ?? '';
    const signIn = this.#underWay(ctx);
    if (form.has('cancel')) return this.#decline(ctx, signIn);
    try {
      const { loginfmt, passwd } = Object.fromEntries(form);
      signIn.user = checkAccount(this.context.site(), signIn.authority, loginfmt ?? '', passwd ?? '');
    } catch (error) {
      if (!(error instanceof SignInRefusal)) throw error;
      return this.#page({
        step: 'account',
        ctx,
        name: form.get('loginfmt') ?? '',
        client: signIn.client.name,
        error,
      });
    }
    if (secondFactorOf(signIn.user) === 'none') return this.#finish(ctx, signIn, signIn.user);
    return this.#page({ step: 'second-factor', ctx });
  }

  /** The second factor's host asks the user's phone. */
  confirm(ctx: string): { authenticationResult: boolean; proof?: string } {
    const signIn = this.memory.underWay.find(ctx);
    if (!signIn || signIn === 'expired' || !signIn.user) return { authenticationResult: false };
    if (secondFactorOf(signIn.user) !== 'approve') return { authenticationResult: false };
    signIn.proof = randomUUID();
    return { authenticationResult: true, proof: signIn.proof };
  }

  /** The page brings what the second factor's host has said. */
  processSecondFactor(form: URLSearchParams): CloudReply {
    const ctx = form.get('ctx') ?? '';
    const signIn = this.#underWay(ctx);
    if (signIn.user && signIn.proof !== undefined && form.get('proof') === signIn.proof)
      return this.#finish(ctx, signIn, signIn.user);
    const error = new SignInRefusal(
      'access_denied',
      500121,
      'Authentication failed during strong authentication request',
    );
    return this.#page({ step: 'second-factor', ctx, error });
  }

  signedOut(): CloudReply {
    return this.#page({ step: 'done', text: 'You are signed out.' });
  }

  #ask(signIn: UnderWay): CloudReply {
    const ctx = this.memory.underWay.put(signIn);
    return this.#page({ step: 'account', ctx, client: signIn.client.name });
  }

  #underWay(ctx: string): UnderWay {
    const signIn = this.memory.underWay.find(ctx);
    if (signIn && signIn !== 'expired') return signIn;
    throw new SignInRefusal('invalid_request', 50089, 'Authentication failed due to flow token expired');
  }

  #decline(ctx: string, { purpose }: UnderWay): CloudReply {
    this.memory.underWay.forget(ctx);
    const { sentence } = new SignInRefusal('access_denied', 65004, 'User declined to sign in');
    if (purpose.kind === 'redirect')
      return answerTo(purpose, { error: 'access_denied', error_description: sentence }, sentence);
    purpose.device.state = 'declined';
    return this.#page({ step: 'done', text: 'The device was refused. You can close this window.' });
  }

  #finish(ctx: string, signIn: UnderWay, user: User): CloudReply {
    this.memory.underWay.forget(ctx);
    const { client, scope, purpose } = signIn;
    if (purpose.kind === 'device') {
      purpose.device.state = { user };
      const text = `You have signed in to ${client.name} on your device. You can close this window.`;
      return this.#page({ step: 'done', text });
    }
    return answerTo(purpose, this.#given({ client, scope, user, nonce: purpose.nonce }, purpose));
  }

  #given(grant: Grant, purpose: Purpose & { kind: 'redirect' }): Record<string, string> {
    const { responseTypes, redirect, challenge } = purpose;
    const code = () => this.memory.codes.put({ grant, redirect, challenge, redeemed: false });
    return {
      ...(responseTypes.includes('code') && { code: code() }),
      ...(responseTypes.includes('id_token') && { id_token: idToken(this.context, grant) }),
    };
  }

  #page(page: Parameters<typeof pageReply>[1]): CloudReply {
    return pageReply(this.context.names(), page);
  }
}

function readPurpose(asked: URLSearchParams, redirect: URL): Purpose & { kind: 'redirect' } {
  const responseTypes = (asked.get('response_type') ?? '').split(' ');
  const mode = asked.get('response_mode');
  const challenge = asked.get('code_challenge');
  const method = asked.get('code_challenge_method') === 'S256' ? 'S256' : 'plain';
  return {
    kind: 'redirect',
    redirect,
    responseTypes: (['code', 'id_token'] as const).filter((type) => responseTypes.includes(type)),
    responseMode:
      mode === 'form_post' || mode === 'fragment' || mode === 'query'
        ? mode
        : responseTypes.includes('id_token')
          ? 'fragment'
          : 'query',
    state: asked.get('state') ?? undefined,
    nonce: asked.get('nonce') ?? undefined,
    challenge: challenge ? { method, value: challenge } : undefined,
  };
}

/** @throws SignInRefusal */
function checkPurpose(asked: URLSearchParams, purpose: Purpose & { kind: 'redirect' }): void {
  if (purpose.responseTypes.length === 0)
    throw new SignInRefusal(
      'unsupported_response_type',
      70005,
      `The response type '${(asked.get('response_type') ?? '').slice(0, 100)}' is not supported`,
    );
  if (!purpose.responseTypes.includes('id_token')) return;
  if (purpose.responseMode === 'query')
    throw new SignInRefusal(
      'invalid_request',
      70007,
      "'query' is not a supported value of 'response_mode' when requesting a token",
    );
  if (!purpose.nonce)
    throw new SignInRefusal('invalid_request', 50012, "A nonce is needed for the response type 'id_token'");
}
