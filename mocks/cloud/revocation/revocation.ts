import { day } from '../../pki/x509.js';
import { rootListPath } from '../../protocol/root-list.js';
import { felt, slowAnswerMs } from '../faults.js';
import {
  type CloudContext,
  type CloudReply,
  type CloudRequest,
  type Handler,
  html,
  type Service,
  type ServiceHost,
} from '../service.js';

/** A list lasts for seven days, an answer for one; what is stale is older. */
const [staleListMs, staleAnswerMs] = [8 * day, 2 * day] as const;

const onPort80 = [
  'crl3.digicert.com',
  'crl4.digicert.com',
  'ocsp.digicert.com',
  'crl.microsoft.com',
  'oneocsp.microsoft.com',
  'ocsp.msocsp.com',
  'cacerts.digicert.com',
  'mscrl.microsoft.us',
  'crl.microsoft.us',
  'ocsp.msocsp.us',
];

/** Named by certificates of 2026, and by no list of hosts. */
const of2026 = ['crl2.microsoft.com', 'caissuers.microsoft.com'];

/** Revocation lists, responders, issuers' certificates and the root list. */
export const revocation: Service = {
  name: 'revocation',
  hosts: (names) => [
    ...onPort80.map((name): ServiceHost => ({ name, block: 'authorities', ports: [80] })),
    {
      name: names.rootList,
      block: 'authorities',
      chain: ['ctldl.windowsupdate.com.edgesuite.net'],
      ports: [80, 443],
    },
    {
      name: names.pkiops,
      block: 'authorities',
      chain: ['www.microsoft.com-c-3.edgekey.net', 'e13678.dscb.akamaiedge.net'],
      ports: [80, 443],
    },
    ...of2026.map((name): ServiceHost => ({ name, block: 'authorities', ports: [80] })),
  ],
  answer,
};

function answer(context: CloudContext): Handler {
  return async (request) => {
    const { host, url } = request;
    const { rootList } = context.names();
    if (host === rootList)
      return url.pathname === rootListPath
        ? bytes(context.pki.rootList(), 'application/octet-stream')
        : notFound();
    const now = context.stack.clock.now();
    const isList = url.pathname.endsWith('.crl');
    const wrong = isList && felt(context, ['revocation-list-stale', 'revocation-list-forged'], request);
    const published = await context.pki.publication(host, url.pathname, now, {
      ...(wrong === 'revocation-list-stale' && { ageMs: staleListMs }),
      forged: wrong === 'revocation-list-forged',
    });
    if (published) return bytes(published.body, published.contentType);
    const asked = ocspRequestOf(request);
    if (!asked || asked.length === 0) return notFound();
    const fault = felt(context, ['ocsp-unknown', 'ocsp-slow', 'ocsp-stale', 'ocsp-forged'], request);
    const answer = await context.pki.ocsp(host, asked, now, {
      forgetful: fault === 'ocsp-unknown',
      forged: fault === 'ocsp-forged',
      ...(fault === 'ocsp-stale' && { ageMs: staleAnswerMs }),
    });
    if (!answer) return notFound();
    const reply = bytes(answer, 'application/ocsp-response');
    return fault === 'ocsp-slow' ? { ...reply, takesMs: slowAnswerMs } : reply;
  };
}

/** The request in the body, or in base64 as the path (RFC 6960, A.1). */
function ocspRequestOf({ method, url, body }: CloudRequest): Buffer | undefined {
  if (method === 'POST') return body;
  try {
    return Buffer.from(decodeURIComponent(url.pathname.slice(1)), 'base64');
  } catch {
    return undefined;
  }
}

function bytes(body: Uint8Array, contentType: string): CloudReply {
  return { status: 200, headers: { 'Content-Type': contentType }, body };
}

function notFound(): CloudReply {
  return { status: 404, headers: html, body: '<h1>404</h1>' };
}
