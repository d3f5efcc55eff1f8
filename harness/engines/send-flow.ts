import { once } from 'node:events';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { type TLSSocket, connect as tlsConnect } from 'node:tls';
import type { Dialer } from '../../mocks/network.js';
import { takesHeader } from '../../mocks/protocol/lab-headers.js';
import { isSecure } from '../../model/path/application-hops.js';
import type { WantedFlow } from '../../model/path/flow.js';
import type { Site } from '../../model/site/schema.js';

/** What a server speaks whose TLS 1.2 is switched off; OpenSSL has to be allowed it. */
const oldTls = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;

/** What a proxy says of a request that did not come through. */
const refusals = [403, 407, 502, 503, 504];

/**
 * Sends a flow as Windows would: to the proxy that its stack knows, or directly; then it speaks TLS on
 * port 443 and HTTP on port 80, and to an application HTTP, as its internal URL says. Whether somebody
 * answers; certificates are not looked at. `dial`: from the flow's server, as its account. Whatever stands
 * open afterwards is for the caller to cut.
 * @throws the signal's reason, where that comes first
 */
export async function sendFlow(
  site: Site,
  flow: WantedFlow,
  dial: Dialer,
  signal: AbortSignal,
): Promise<boolean> {
  const { server, host, port } = flow;
  const socket = await openWay(site, flow, dial, signal);
  if (!socket) return false;
  const isOld = site.servers.find(({ name }) => name === server)?.tls === '1.1';
  const application = site.applications.find(({ name }) => name === flow.application);
  if (application) {
    const speaking = isSecure(application) ? await shakenHands(socket, host, isOld, signal) : socket;
    const request = `GET / HTTP/1.1\r\nHost: ${host}:${port}\r\n\r\n`;
    const status = speaking && (await answerTo(speaking, request, signal));
    speaking?.destroy();
    return status !== undefined;
  }
  if (port === 80) {
    const target = proxyOf(site, flow) ? `http://${host}/` : '/';
    const status = await answerTo(socket, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`, signal);
    return status !== undefined && !refusals.includes(status);
  }
  if (port !== 443) return true;
  const secure = await shakenHands(socket, host, isOld, signal);
  secure?.destroy();
  return secure !== undefined;
}

/** The connection on which a flow's own bytes go, behind the CONNECT of a proxy; undefined: there is none. */
export async function openWay(
  site: Site,
  flow: WantedFlow,
  dial: Dialer,
  signal: AbortSignal,
): Promise<Duplex | undefined> {
  const { host, port } = flow;
  const proxy = proxyOf(site, flow);
  let socket: Duplex;
  try {
    socket = await (proxy ? dial(proxy[0] ?? '', Number(proxy[1])) : dial(host, port));
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
  socket.on('error', () => {});
  if (!proxy || port === 80) return socket;
  const connect = `CONNECT ${host}:${port} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
  return (await answerTo(socket, connect, signal)) === 200 ? socket : undefined;
}

/** Host and port of the proxy that a flow's stack knows. */
function proxyOf({ proxy }: Site, { stack, direct }: WantedFlow): string[] | undefined {
  return !direct && proxy?.['used-by'].includes(stack) ? proxy.address.split(':') : undefined;
}

/** The status of the answer; undefined: there is none. */
async function answerTo(socket: Duplex, question: string, signal: AbortSignal): Promise<number | undefined> {
  socket.write(question);
  const [head] = await first(socket, 'data', signal);
  const text = String(head ?? '');
  const status = /^HTTP\/1\.\d (\d+)/.exec(text)?.[1];
  // Lab time stands still: what comes later than anybody waits does not come.
  return status === undefined || text.includes(takesHeader) ? undefined : Number(status);
}

/** What TLS is spoken over; undefined: there was no handshake. */
async function shakenHands(
  socket: Duplex,
  host: string,
  isOld: boolean,
  signal: AbortSignal,
): Promise<TLSSocket | undefined> {
  const servername = isIP(host) ? {} : { servername: host };
  const secure = tlsConnect({ socket, ...servername, ...(isOld && oldTls), rejectUnauthorized: false });
  const shaken = once(secure, 'secureConnect', { signal }).then(() => true);
  const closed = first(secure, 'close', signal).then(() => false);
  const isShaken = await Promise.race([shaken, closed]).catch(() => false);
  signal.throwIfAborted();
  if (!isShaken) secure.destroy();
  return isShaken ? secure : undefined;
}

/** What comes with an event, or nothing where the connection ends before it. */
async function first(socket: Duplex, event: string, signal: AbortSignal): Promise<unknown[]> {
  const wanted = once(socket, event, { signal });
  const ended = once(socket, 'close', { signal }).then((): unknown[] => []);
  const seen = await Promise.race([wanted, ended]).catch((): unknown[] => []);
  signal.throwIfAborted();
  return seen;
}
