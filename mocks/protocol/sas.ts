import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * A Shared Access Signature (connector-facts 1.6). It says until when it is good, so that a wrong
 * clock makes tokens that are over when they arrive. Times in milliseconds since 1970.
 */
export function makeSas(uri: string, key: string, keyName: string, expires: number): string {
  const resource = encodeURIComponent(uri);
  const seconds = Math.floor(expires / 1000);
  const signature = encodeURIComponent(sign(resource, seconds, key));
  return `SharedAccessSignature sr=${resource}&sig=${signature}&se=${seconds}&skn=${keyName}`;
}

export type SasStanding = 'valid' | 'expired' | 'malformed' | 'wrong-signature';

export function checkSas(token: string, key: string, now: number): SasStanding {
  const parts = /^SharedAccessSignature sr=([^&]+)&sig=([^&]+)&se=(\d{1,12})&skn=([^&]+)$/.exec(token);
  const [, resource = '', signature = '', seconds = ''] = parts ?? [];
  if (!parts) return 'malformed';
  const given = Buffer.from(decodeURIComponent(signature));
  const wanted = Buffer.from(sign(resource, Number(seconds), key));
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return 'wrong-signature';
  return Number(seconds) * 1000 > now ? 'valid' : 'expired';
}

function sign(resource: string, seconds: number, key: string): string {
  return createHmac('sha256', key).update(`${resource}\n${seconds}`).digest('base64');
}
