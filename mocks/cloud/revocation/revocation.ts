import { type CloudContext, type CloudReply, html, type Service } from '../service.js';

const rootListPath = '/msdownload/update/v3/static/trustedr/en/authrootstl.cab';

/** Revocation lists, responders, issuers' certificates and the root list. */
export function revocation(context: CloudContext): Service {
  return async ({ host, url, method, body }) => {
    const { rootList } = context.names();
    if (host === rootList)
      return url.pathname === rootListPath
        ? bytes(context.pki.rootList(), 'application/octet-stream')
        : notFound();
    const now = context.stack.clock.now();
    const published = await context.pki.publication(host, url.pathname, now);
    if (published) return bytes(published.body, published.contentType);
    const request =
      method === 'POST' ? body : Buffer.from(decodeURIComponent(url.pathname.slice(1)), 'base64');
    if (request.length === 0) return notFound();
    try {
      const answer = await context.pki.ocsp(host, request, now);
      return answer ? bytes(answer, 'application/ocsp-response') : notFound();
    } catch {
      return { status: 400, detail: 'not an OCSP request' };
    }
  };
}

function bytes(body: Uint8Array, contentType: string): CloudReply {
  return { status: 200, headers: { 'Content-Type': contentType }, body };
}

function notFound(): CloudReply {
  return { status: 404, headers: html, body: '<h1>404</h1>' };
}
