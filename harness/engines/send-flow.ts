import { once } from 'node:events';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { type TLSSocket, connect as tlsConnect } from 'node:tls';
import type { Dialer } from '../../mocks/network.js';
import { broughtByHeader, cameBack, takesHeader } from '../../mocks/protocol/lab-headers.js';
import type { WayOut } from '../../model/pac/pac-answer.js';
import { isSecure } from '../../model/path/application-hops.js';
import type { WantedFlow } from '../../model/path/flow.js';
import { ProxyFinder } from '../../model/path/proxy-finder.js';
import { internetOf } from '../../model/path/public-host.js';
import type { Site } from '../../model/site/schema.js';
import { internetHosts } from './internet.js';

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
  const opened = await openWay(site, flow, dial, signal);
  if (!opened) return false;
  const { socket, isProxied } = opened;
  const isOld = site.servers.find(({ name }) => name === server)?.tls === '1.1';
  const application = site.applications.find(({ name }) => name === flow.application);
  if (application) {
    const speaking = isSecure(application) ? await shakenHands(socket, host, isOld, signal) : socket;
    const request = `GET / HTTP/1.1\r\nHost: ${host}:${port}\r\n${broughtByHeader}: ${server}\r\n\r\n`;
    const status = speaking && (await answerTo(speaking, request, signal));
    speaking?.destroy();
    return status !== undefined;
  }
  if (port === 80) {
    const target = isProxied ? `http://${host}/` : '/';
    const status = await answerTo(socket, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`, signal);
    return status !== undefined && !refusals.includes(status);
  }
  if (port !== 443) return true;
  const secure = await shakenHands(socket, host, isOld, signal);
  secure?.destroy();
  return secure !== undefined;
}

/** The connection on which a flow's own bytes go. */
export interface OpenedWay {
  /** Behind the CONNECT of a proxy, where there is one. */
  socket: Duplex;
  isProxied: boolean;
}

/** Opens the first way out of a flow that leads to its proxy, or to the host; undefined: none does. */
export async function openWay(
  site: Site,
  flow: WantedFlow,
  dial: Dialer,
  signal: AbortSignal,
): Promise<OpenedWay | undefined> {
  const { host, port } = flow;
  for (const way of waysOut(site, flow)) {
    const [to, at] = way === 'direct' ? [host, port] : [way.host, way.port];
    const socket = await dial(to, at).catch(() => undefined);
    signal.throwIfAborted();
    if (!socket) continue;
    socket.on('error', () => {});
    if (way === 'direct') return { socket, isProxied: false };
    if (port === 80) return { socket, isProxied: true };
    const connect = `CONNECT ${host}:${port} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
    // A page in place of the tunnel: whatever is sent to it, nobody may ever answer.
    const isOpen = (await answerTo(socket, connect, signal, isPage)) === 200;
    return isOpen ? { socket, isProxied: true } : undefined;
  }
  return undefined;
}

function waysOut(site: Site, flow: WantedFlow): readonly WayOut[] {
  return new ProxyFinder(site, () => internetOf(internetHosts(site))).find(flow).ways;
}

/** The status of the answer; undefined: there is none, or it is `unwanted`. */
async function answerTo(
  socket: Duplex,
  question: string,
  signal: AbortSignal,
  unwanted: (head: string) => boolean = () => false,
): Promise<number | undefined> {
  socket.write(question);
  const [head] = await first(socket, 'data', signal);
  const text = String(head ?? '');
  const status = /^HTTP\/1\.\d (\d+)/.exec(text)?.[1];
  // Lab time stands still: what comes later than anybody waits does not come.
  return status === undefined || text.includes(takesHeader) || isReturned(text) || unwanted(text)
    ? undefined
    : Number(status);
}

function isReturned(head: string): boolean {
  return Object.keys(cameBack).some((header) => head.includes(header));
}

function isPage(head: string): boolean {
  return /^content-type: *text\/html/im.test(head);
}

/** What TLS is spoken over; undefined: there was no handshake. */
async function shakenHands(
  socket: Duplex,
  host: string,
  isOld: boolean,
  signal: AbortSignal,
): Promise<TLSSocket | undefined> {
  if (socket.destroyed) return undefined;
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
  // Its end is told once: of one that was reset before anybody listened nothing would ever be heard.
  if (socket.destroyed) return [];
  const wanted = once(socket, event, { signal });
  const ended = once(socket, 'close', { signal }).then((): unknown[] => []);
  const seen = await Promise.race([wanted, ended]).catch((): unknown[] => []);
  signal.throwIfAborted();
  return seen;
}
