import { errors } from 'undici';
import type { ResultName } from '../model/evidence/vocabulary.js';
import { NetworkError } from './network.js';

/** What the network, or the peer, did to whoever used it. */
export interface NetworkDoing {
  result: ResultName;
  message: string;
  /** The connection whose decision events tell who did it, where one is known. */
  connection?: string;
  /** Lab time that a real client would have waited, milliseconds. */
  waitedMs?: number;
}

/**
 * What the network did, as an error says, whoever used it: that is evidence.
 * @throws the error itself where it is no doing of the network: that is a fault of the lab
 */
export function networkDoing(error: unknown): NetworkDoing {
  if (error instanceof NetworkError) {
    const { result, connection, waitedMs, message } = error;
    return { result, message, waitedMs, ...(connection && { connection }) };
  }
  // Something on the way answered, and not in HTTP; undici does not always say so by a code.
  if (error instanceof errors.HTTPParserError) return { result: 'http-block-page', message: error.message };
  const { code, message } = error as NodeJS.ErrnoException;
  // Node gives everything that a peer or the network did a code; what has none is a fault of ours. So is
  // a TypeError, which has one where Node was asked for something impossible.
  if (!(error instanceof Error) || error instanceof TypeError || code === undefined) throw error;
  // undici has a code of its own for what it was asked wrongly, too.
  if (code.startsWith('UND_ERR_') && !peersDoings.includes(code)) throw error;
  return { result: resultOf(code, message), message };
}

/** Of undici's errors, what the peer did: ended the connection, or an answer that is none. */
const peersDoings = ['UND_ERR_SOCKET', 'UND_ERR_HEADERS_OVERFLOW', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'];

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
