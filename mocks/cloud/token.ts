import { sign, verify } from 'node:crypto';
import { z } from 'zod';
import type { TokenKey } from '../pki/token-key.js';

/** Claims of access tokens and id tokens that the lab uses; names as in Microsoft's tokens. */
const claims = z.object({
  aud: z.string(),
  iss: z.string(),
  /** Tenant. */
  tid: z.string(),
  /** The client that asked. */
  azp: z.string(),
  oid: z.string(),
  /** The user; absent in tokens of applications. */
  upn: z.string().optional(),
  /** Delegated permissions, separated by blanks. */
  scp: z.string().optional(),
  /** Application permissions. */
  roles: z.array(z.string()).optional(),
  /** The user's directory roles, as template ids. */
  wids: z.array(z.string()).default([]),
  nonce: z.string().optional(),
  /** Seconds since 1970. */
  nbf: z.number(),
  exp: z.number(),
});
export type Claims = z.infer<typeof claims>;

/** A signed token (JWT, RS256). */
export function makeToken(body: Claims & Record<string, unknown>, key: TokenKey): string {
  const signed = `${encode({ alg: 'RS256', typ: 'JWT', kid: key.id })}.${encode(body)}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key.privateKey).toString('base64url')}`;
}

/** Larger ones are not looked at, characters: the lab's own have less than two thousand. */
const longest = 16_384;

/** What a token may say of its own signature: this, and nothing else is asked for or followed. */
const header = z.object({ alg: z.literal('RS256'), kid: z.string() });

/**
 * The claims of a good token at a time (milliseconds); undefined for any other. Which algorithm and which
 * key is ours to say, never the token's. For whom it is, and of which directory, is for the service to ask.
 */
export function readToken(token: string, key: TokenKey, now: number): Claims | undefined {
  if (token.length > longest) return undefined;
  const [head = '', body = '', signature = '', more] = token.split('.');
  if (more !== undefined) return undefined;
  const signed = Buffer.from(`${head}.${body}`);
  if (!verify('RSA-SHA256', signed, key.publicKey, Buffer.from(signature, 'base64url'))) return undefined;
  // It is ours to the last character, so both parts are JSON.
  const said = header.safeParse(decode(head));
  if (said.data?.kid !== key.id) return undefined;
  const parsed = claims.safeParse(decode(body));
  if (!parsed.success) return undefined;
  const { nbf, exp } = parsed.data;
  return nbf * 1000 <= now && now < exp * 1000 ? parsed.data : undefined;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(part: string): unknown {
  return JSON.parse(Buffer.from(part, 'base64url').toString());
}
