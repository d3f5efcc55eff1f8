import { createHmac, timingSafeEqual } from 'node:crypto';
import { withoutEnd } from '../../model/evidence/cut.js';

/**
 * A Shared Access Signature (connector-facts 1.6). It says until when it is good, so that a wrong
 * clock makes tokens that are over when they arrive. Times in milliseconds since 1970.
 */
export function makeSas(uri: string, key: string, keyName: string, expires: number): string {
  const resource = encodeURIComponent(uri);
  const seconds = Math.floor(expires / 1000);
  const signature = encodeURIComponent(sign(resource, seconds, key));
  return `SharedAccessSignature sr=${resource}&sig=${signature}&se=${seconds}&skn=${encodeURIComponent(keyName)}`;
}

export type SasStanding =
  | 'valid'
  | 'expired'
  | 'malformed'
  | 'wrong-signature'
  /** The token is good, for something else. */
  | 'wrong-resource';

export interface SasCheck {
  /** The key of that name; undefined where there is none. */
  keyOf(name: string): string | undefined;
  /** What the token must open, without its scheme: `ns.servicebus.windows.net/path`. */
  resource: string;
  /** Milliseconds since 1970. */
  now: number;
}

interface Sas {
  /** As it was signed, still encoded. */
  resource: string;
  /** What it stands for, without its scheme. */
  opens: string;
  signature: string;
  seconds: number;
  keyName: string;
}

/** What a token is worth. Its resource may be the whole of what is asked for, or lie above it. */
export function checkSas(token: string, { keyOf, resource, now }: SasCheck): SasStanding {
  const sas = readSas(token);
  if (!sas) return 'malformed';
  const key = keyOf(sas.keyName);
  if (key === undefined) return 'wrong-signature';
  const given = Buffer.from(sas.signature);
  const wanted = Buffer.from(sign(sas.resource, sas.seconds, key));
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return 'wrong-signature';
  if (sas.seconds * 1000 <= now) return 'expired';
  const whole = plain(resource);
  return whole === sas.opens || whole.startsWith(`${sas.opens}/`) ? 'valid' : 'wrong-resource';
}

/** Which key signed a token, and until when it is good, milliseconds since 1970; undefined where it is none. */
export function sasFacts(token: string): { keyName: string; expires: number } | undefined {
  const sas = readSas(token);
  return sas && { keyName: sas.keyName, expires: sas.seconds * 1000 };
}

function readSas(token: string): Sas | undefined {
  const [, text = ''] = /^SharedAccessSignature (\S{1,4096})$/.exec(token) ?? [];
  const parts = new Map(
    text.split('&').map((part) => {
      const equals = part.indexOf('=');
      return [part.slice(0, equals), part.slice(equals + 1)];
    }),
  );
  const [resource, signature, seconds, keyName] = ['sr', 'sig', 'se', 'skn'].map((name) => parts.get(name));
  if (!resource || !signature || !keyName || !/^\d{1,12}$/.test(seconds ?? '')) return undefined;
  try {
    const [, opens = ''] = /^[a-z]+:\/\/(.+)$/i.exec(decodeURIComponent(resource)) ?? [];
    const decoded = { signature: decodeURIComponent(signature), keyName: decodeURIComponent(keyName) };
    return opens ? { resource, opens: plain(opens), seconds: Number(seconds), ...decoded } : undefined;
  } catch {
    return undefined;
  }
}

function plain(resource: string): string {
  return withoutEnd('/', resource.toLowerCase());
}

function sign(resource: string, seconds: number, key: string): string {
  return createHmac('sha256', key).update(`${resource}\n${seconds}`).digest('base64');
}
