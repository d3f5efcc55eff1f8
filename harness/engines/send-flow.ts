import { once } from 'node:events';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as tlsConnect } from 'node:tls';
import type { Dialer } from '../../mocks/network.js';
import type { WantedFlow } from '../../model/path/flow.js';
import type { Site } from '../../model/site/schema.js';

/** What a proxy says of a request that did not come through. */
const refusals = [403, 407, 502, 503, 504];

/**
 * Sends a flow as Windows would: to the proxy that its stack knows, or directly; then it speaks TLS on
 * port 443 and HTTP on port 80. Whether somebody answers; certificates are not looked at. `dial`: from
 * the flow's server, as its account. Whatever stands open afterwards is for the caller to cut.
 * @throws the signal's reason, where that comes first
 */
export async function sendFlow(
  { proxy }: Site,
  { stack, host, port, direct }: WantedFlow,
  dial: Dialer,
  signal: AbortSignal,
): Promise<boolean> {
  const through = !direct && proxy?.['used-by'].includes(stack) ? proxy.address.split(':') : undefined;
  let socket: Duplex;
  try {
    socket = await (through ? dial(through[0] ?? '', Number(through[1])) : dial(host, port));
  } catch {
    signal.throwIfAborted();
    return false;
  }
  socket.on('error', () => {});
  if (port === 80) {
    const target = through ? `http://${host}/` : '/';
    const status = await answerTo(socket, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`, signal);
    return status !== undefined && !refusals.includes(status);
  }
  const connect = `CONNECT ${host}:${port} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
  if (through && (await answerTo(socket, connect, signal)) !== 200) return false;
  return port === 443 ? shakesHands(socket, host, signal) : true;
}

/** The status of the answer; undefined: there is none. */
async function answerTo(socket: Duplex, question: string, signal: AbortSignal): Promise<number | undefined> {
  socket.write(question);
  const [head] = await first(socket, 'data', signal);
  const status = /^HTTP\/1\.\d (\d+)/.exec(String(head ?? ''))?.[1];
  return status === undefined ? undefined : Number(status);
}

async function shakesHands(socket: Duplex, host: string, signal: AbortSignal): Promise<boolean> {
  const servername = isIP(host) ? {} : { servername: host };
  const secure = tlsConnect({ socket, ...servername, rejectUnauthorized: false });
  const shaken = once(secure, 'secureConnect', { signal }).then(() => true);
  const closed = first(secure, 'close', signal).then(() => false);
  const isShaken = await Promise.race([shaken, closed]).catch(() => false);
  signal.throwIfAborted();
  secure.destroy();
  return isShaken;
}

/** What comes with an event, or nothing where the connection ends before it. */
async function first(socket: Duplex, event: string, signal: AbortSignal): Promise<unknown[]> {
  const wanted = once(socket, event, { signal });
  const ended = once(socket, 'close', { signal }).then((): unknown[] => []);
  const seen = await Promise.race([wanted, ended]).catch((): unknown[] => []);
  signal.throwIfAborted();
  return seen;
}
