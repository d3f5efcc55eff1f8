import type { ResultName } from '../../harness/evidence/vocabulary.js';
import { NetworkError } from '../network.js';
import { Failure, type FailureFacts } from './failure.js';

/** Names what went wrong, as far as the connector can see it. The one place where errors become results. */
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
  const { code = '', message = String(error) } = error as NodeJS.ErrnoException;
  return new Failure(resultOf(code, message), message, facts, { cause: error });
}

function resultOf(code: string, message: string): ResultName {
  if (code === 'ETIMEDOUT') return 'tcp-drop';
  if (
    /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW|NO_PROTOCOLS/.test(code) ||
    /alert protocol version|wrong version/i.test(message)
  )
    return 'tls-protocol-version';
  return 'tcp-reset';
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
