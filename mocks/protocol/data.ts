import { validateHeaderName, validateHeaderValue } from 'node:http';
import { ProtocolError } from './xml.js';

/** Calls of the connector to the data host that a signal names (connector-facts 1.7). */
export const dataPaths = {
  payload: '/subscriber/payload',
  connection: '/subscriber/connection',
  error: '/subscriber/error',
} as const;

/** Why there is no answer of the application, as `dataPaths.error` is told. Assumed: nobody documents the words. */
export const backendErrors = {
  unreachable: 'BackendUnreachable',
  timeout: 'BackendTimeout',
  /** Single sign-on failed. */
  refused: 'BackendRefusedTicket',
} as const;

/** An application's answer on its way back to the user. */
export interface RelayedResponse {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** The raw HTTP response text that the connector uploads. */
export function encodeResponse({ status, headers, body }: RelayedResponse): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value.replace(/[\r\n]/g, ' ')}`);
  const head = `HTTP/1.1 ${status} \r\n${lines.join('\r\n')}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}

/** @throws ProtocolError where it is no answer, or none that HTTP could carry on to the user */
export function decodeResponse(raw: Buffer): RelayedResponse {
  const end = raw.indexOf('\r\n\r\n');
  const [first = '', ...lines] = raw.subarray(0, Math.max(end, 0)).toString('latin1').split('\r\n');
  const status = /^HTTP\/1\.1 ([2-9]\d\d)\b/.exec(first);
  if (!status) throw new ProtocolError('an upload that is not an HTTP response');
  return {
    status: Number(status[1]),
    headers: Object.fromEntries(lines.map(headerIn)),
    body: raw.subarray(end + 4),
  };
}

function headerIn(line: string): [name: string, value: string] {
  const colon = line.indexOf(':');
  const [name, value] = [line.slice(0, Math.max(colon, 0)).toLowerCase(), line.slice(colon + 1).trim()];
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch (error) {
    throw new ProtocolError('an upload with a header that is none', { cause: error });
  }
  return [name, value];
}
