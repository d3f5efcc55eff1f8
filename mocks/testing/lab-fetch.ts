import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { createSecureContext, type SecureContext, type TLSSocket, connect as tlsConnect } from 'node:tls';
import type { Dialer } from '../network.js';
import type { Trust } from '../pki/trust.js';

export type LabFetch = (address: string | URL, init?: RequestInit) => Promise<Response>;

/** `fetch` through a way into a lab, trusting the lab's roots only. Follows no redirect. */
export function labFetch(dialer: Dialer, trust: Trust): LabFetch {
  return async (address, init = {}) => {
    const url = new URL(address);
    const secure = await secured(dialer, trust, url.hostname);
    const asked = new Request(url, init);
    const request = httpRequest({
      createConnection: () => secure,
      method: asked.method,
      path: url.pathname + url.search,
      headers: { ...Object.fromEntries(asked.headers), host: url.host, connection: 'close' },
    });
    request.end(Buffer.from(await asked.arrayBuffer()));
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    const headers = new Headers();
    for (const [name, values] of Object.entries(answer.headersDistinct))
      for (const value of values ?? []) headers.append(name, value);
    const status = answer.statusCode ?? 0;
    return new Response(status === 204 || status === 304 ? null : Buffer.concat(chunks), { status, headers });
  };
}

/** The way in that any program has which can use an HTTP proxy. */
export function byProxy(url: string): Dialer {
  return async (host, port) => {
    const asked = httpRequest(url, { method: 'CONNECT', path: `${host}:${port}`, agent: false }).end();
    const [answer, socket] = (await once(asked, 'connect')) as [IncomingMessage, Duplex];
    if (answer.statusCode === 200) return socket;
    throw new Error(`${host}:${port}: the proxy answers ${answer.statusCode}`);
  };
}

const contexts = new WeakMap<Trust, SecureContext>();

/** A connection with TLS, trusting the lab's roots only. */
export async function secured(dialer: Dialer, trust: Trust, host: string): Promise<TLSSocket> {
  const secureContext = contexts.get(trust) ?? createSecureContext({ ca: trust.roots });
  contexts.set(trust, secureContext);
  const secure = tlsConnect({ socket: await dialer(host, 443), servername: host, secureContext });
  await once(secure, 'secureConnect');
  return secure;
}
