import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const claims = z.object({
  aud: z.string(),
  tid: z.string(),
  upn: z.string(),
  /** Seconds since 1970. */
  exp: z.number(),
  roles: z.array(z.string()),
});
export type Claims = z.infer<typeof claims>;

const header = encode({ alg: 'HS256', typ: 'JWT' });

/** A token in JWT form, signed with a key that only the lab's cloud has. */
export function makeToken(body: Claims, key: string): string {
  const signed = `${header}.${encode(body)}`;
  return `${signed}.${sign(signed, key)}`;
}

/** The claims of a good token at a time (milliseconds); undefined for any other. */
export function readToken(token: string, key: string, now: number): Claims | undefined {
  const [head = '', body = '', signature = ''] = token.split('.');
  const wanted = Buffer.from(sign(`${head}.${body}`, key));
  const given = Buffer.from(signature);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
  const parsed = claims.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString()));
  return parsed.success && parsed.data.exp * 1000 > now ? parsed.data : undefined;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function sign(text: string, key: string): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}
