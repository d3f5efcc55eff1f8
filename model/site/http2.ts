import { internalPlace } from './internal-url.js';
import { type Server, windowsVersions } from './server-schema.js';

/** The first Windows whose WinHTTP speaks HTTP/2 by itself (connector-facts 4.2). */
const first = windowsVersions.indexOf('server-2019');

/** Whether a connector asks an application over HTTP/2: only where there is TLS, which says that it is spoken. */
export function asksOverHttp2(
  { http2, windows }: Pick<Server, 'http2' | 'windows'>,
  internal: string,
): boolean {
  return http2 && windowsVersions.indexOf(windows) >= first && internalPlace({ internal }).secure;
}
