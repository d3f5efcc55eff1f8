import type { IncomingHttpHeaders } from 'node:http';
import { ZodError } from 'zod';
import type { ResultName } from '../../model/evidence/vocabulary.js';
import { networkDoing } from '../network-doing.js';
import { ProtocolError } from '../protocol/xml.js';
import { Failure, type FailureFacts } from './failure.js';

/**
 * What the connector saw: the one place where an error that the network made becomes a `Failure`, while
 * whoever reads an answer, or judges a certificate, makes one of what it refuses.
 * @throws the error itself where it is no doing of the network
 */
export function toFailure(error: unknown, facts: FailureFacts): Failure {
  if (error instanceof Failure) return error;
  const { result, message, ...seen } = networkDoing(error);
  return new Failure(result, message, { ...facts, ...seen }, { cause: error });
}

/**
 * What a reply says. @throws Failure `http-block-page` for a page in its place, `refused-by-service`
 * for anything else that is not of the protocol
 */
export function readReply<T>(
  { body, connection, status }: { body: Buffer; connection: string; status: number },
  facts: FailureFacts,
  decode: (text: string) => T,
): T {
  const text = body.toString();
  try {
    return decode(text);
  } catch (error) {
    const known = [ProtocolError, ZodError, SyntaxError].some((kind) => error instanceof kind);
    if (!known) throw error;
    const isPage = /^\s*<(!doctype html|html)\b/i.test(text);
    throw new Failure(
      isPage ? 'http-block-page' : 'refused-by-service',
      isPage ? 'a page came in place of the answer' : 'the answer is not of the protocol',
      { ...facts, connection, status },
      { cause: error },
    );
  }
}

/** Whether an answer is a page for people. */
export function isPage(headers: IncomingHttpHeaders): boolean {
  return headers['content-type']?.includes('html') === true;
}

/** Whether a proxy says of its answer that it is its own, and no page of whoever was asked. */
export function isProxysOwn({
  'x-lab-proxy-error': own,
  'x-squid-error': squids,
}: IncomingHttpHeaders): boolean {
  return own !== undefined || squids !== undefined;
}

/**
 * What a proxy's answer to CONNECT, or to a plain request it could not pass on, means. squid answers 503
 * whatever kept it from connecting, and names the system's error; of a name that it could not resolve it
 * says no more than that there is no way.
 */
export function proxyResult(status: number, headers: IncomingHttpHeaders): ResultName {
  if (status < 400) return 'http-block-page';
  if (status === 407) return 'proxy-407';
  if (status === 403) return 'proxy-403';
  const reported = String(headers['x-lab-proxy-error'] ?? '');
  if (isReported(reported)) return reported;
  const error = String(headers['x-squid-error'] ?? '');
  const [, name, number] = /^(\w+) (\d+)$/.exec(error) ?? [];
  if (isUnresolved(name, Number(number))) return 'dns-nxdomain';
  // No error of the system: what stood behind it was no TLS.
  if (name === 'ERR_SECURE_CONNECT_FAIL' || error === 'ERR_CONNECT_FAIL 0') return 'tcp-reset';
  if (name === 'ERR_CONNECT_FAIL') return silence.includes(Number(number)) ? 'tcp-drop' : 'tcp-reject';
  if (status === 504) return 'tcp-drop';
  return status === 503 ? 'dns-nxdomain' : 'tcp-reject';
}

/** What a proxy answered in the server's place, with the ways in which it asks who is there. */
export function proxyAnswered(status: number, headers: IncomingHttpHeaders): string {
  const schemes = [headers['proxy-authenticate'] ?? []]
    .flat()
    .flatMap((value) => [...value.matchAll(/(?:^|, )(\w+)(?= |,|$)/g)].map(([, scheme]) => scheme));
  const asking = schemes.length > 0 ? `, asking for ${schemes.join(' or ')}` : '';
  return `the proxy answered ${status}${asking}`;
}

/** squid 5 says of a name without an address that it could not forward a tunnel, or read an answer: no error. */
function isUnresolved(name: string | undefined, number: number): boolean {
  return (
    ['ERR_CANNOT_FORWARD', 'ERR_DNS_FAIL'].includes(name ?? '') || (name === 'ERR_READ_ERROR' && number === 0)
  );
}

/** Linux: ECONNABORTED, which a lab ends a connection with that gets no answer, and ETIMEDOUT. */
const silence = [103, 110];

const reportable = ['tcp-drop', 'tcp-reject', 'tcp-reset', 'dns-nxdomain', 'dns-timeout'] as const;

function isReported(text: string): text is (typeof reportable)[number] {
  return (reportable as readonly string[]).includes(text);
}
