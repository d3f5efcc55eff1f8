import { randomUUID } from 'node:crypto';
import { type CloudReply, json } from '../service.js';

/** OAuth's words for what is wrong; the number says it exactly. */
export type OauthErrorName =
  | 'invalid_request'
  | 'invalid_grant'
  | 'invalid_client'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'invalid_scope'
  | 'invalid_resource'
  | 'login_required'
  | 'access_denied'
  | 'authorization_pending'
  | 'authorization_declined'
  | 'expired_token';

/**
 * The sign-in service says no. Numbers are those of the page "Microsoft Entra authentication and
 * authorization error codes"; the sentences are ours.
 */
export class SignInRefusal extends Error {
  override readonly name = 'SignInRefusal';
  constructor(
    readonly error: OauthErrorName,
    /** AADSTS number. */
    readonly code: number,
    text: string,
    /** For MSAL: whether asking the user would help. */
    readonly suberror?: string,
  ) {
    super(text);
  }

  /** In the documented JSON form. `correlation`: the client's own id for its request. */
  reply(now: number, authority: string, correlation: string = randomUUID()): CloudReply {
    const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`;
    const trace = randomUUID();
    const body = {
      error: this.error,
      error_description: `${this.sentence} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
      error_codes: [this.code],
      timestamp,
      trace_id: trace,
      correlation_id: correlation,
      error_uri: `https://${authority}/error?code=${this.code}`,
      ...(this.suberror && { suberror: this.suberror }),
    };
    const status = this.error === 'invalid_client' ? 401 : 400;
    return { status, headers: noStore, body: JSON.stringify(body), detail: this.sentence };
  }

  get sentence(): string {
    return `AADSTS${this.code}: ${this.message}.`;
  }
}

/** Tokens and what leads to them are kept nowhere on the way (RFC 6749, 5.1). */
export const noStore = { ...json, 'Cache-Control': 'no-store, no-cache', Pragma: 'no-cache' };
