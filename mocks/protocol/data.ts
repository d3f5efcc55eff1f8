import { ProtocolError } from './xml.js';

/** Calls of the connector to the data host that a signal names (connector-facts 1.7). */
export const dataPaths = {
  payload: '/subscriber/payload',
  connection: '/subscriber/connection',
  error: '/subscriber/error',
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
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} \r\n${lines.join('\r\n')}\r\n\r\n`), body]);
}

/** @throws ProtocolError */
export function decodeResponse(raw: Buffer): RelayedResponse {
  const end = raw.indexOf('\r\n\r\n');
  const [first = '', ...lines] = raw.subarray(0, Math.max(end, 0)).toString('latin1').split('\r\n');
  const status = /^HTTP\/1\.1 (\d{3})/.exec(first);
  if (!status) throw new ProtocolError('an upload that is not an HTTP response');
  const headers = Object.fromEntries(
    lines.flatMap((line) => {
      const colon = line.indexOf(':');
      return colon > 0 ? [[line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]] : [];
    }),
  );
  return { status: Number(status[1]), headers, body: raw.subarray(end + 4) };
}
