import { ZodError } from 'zod';
import type { ResultName } from '../../harness/evidence/vocabulary.js';
import { NetworkError } from '../network.js';
import { ProtocolError } from '../protocol/xml.js';
import { Failure, type FailureFacts } from './failure.js';

/**
 * Names what went wrong, as far as the connector can see it. The one place where errors become results.
 * @throws the error itself where it is no doing of the network
 */
export function toFailure(error: unknown, facts: FailureFacts): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof NetworkError) {
    const { result, connection, waitedMs, message } = error;
    return new Failure(
      result,
      message,
      { ...facts, connection: connection ?? facts.connection, waitedMs },
      { cause: error },
    );
  }
  const { code, message } = error as NodeJS.ErrnoException;
  // Node gives everything that a peer or the network did a code; what has none is a fault of ours.
  if (!(error instanceof Error) || code === undefined) throw error;
  return new Failure(resultOf(code, message), message, facts, { cause: error });
}

function resultOf(code: string, message: string): ResultName {
  if (code === 'ETIMEDOUT') return 'tcp-drop';
  if (
    /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW|NO_PROTOCOLS/.test(code) ||
    /alert protocol version|wrong version/i.test(message)
  )
    return 'tls-protocol-version';
  // Something on the way answered, and not in HTTP; an answer that merely stopped is a reset.
  if (code.startsWith('HPE_') && code !== 'HPE_INVALID_EOF_STATE') return 'http-block-page';
  return 'tcp-reset';
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
