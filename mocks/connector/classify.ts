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

/** What a proxy says of a connection that it could not make itself: the lab's, or squid. */
export function reportedBy(headers: IncomingHttpHeaders): string | undefined {
  const own = headers['x-lab-proxy-error'];
  if (own !== undefined) return String(own);
  const [, error = '', errno] = /^(ERR_\w+) (\d+)/.exec(String(headers['x-squid-error'] ?? '')) ?? [];
  if (error === 'ERR_DNS_FAIL') return 'dns-nxdomain';
  if (error !== 'ERR_CONNECT_FAIL') return undefined;
  // ETIMEDOUT; whatever else a kernel says, nobody was there.
  return errno === '110' ? 'tcp-drop' : 'tcp-reject';
}

/** What a proxy's answer to CONNECT, or to a plain request it could not pass on, means. */
export function proxyResult(status: number, reported: string | undefined): ResultName {
  if (status === 407) return 'proxy-407';
  if (status === 403) return 'proxy-403';
  if (reported && isReported(reported)) return reported;
  if (status === 504) return 'tcp-drop';
  return status === 503 ? 'dns-nxdomain' : 'tcp-reject';
}

const reportable = ['tcp-drop', 'tcp-reject', 'tcp-reset', 'dns-nxdomain', 'dns-timeout'] as const;

function isReported(text: string): text is (typeof reportable)[number] {
  return (reportable as readonly string[]).includes(text);
}
