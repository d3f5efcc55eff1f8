import { createSecureContext, type SecureContext, type TLSSocket } from 'node:tls';
import { Client, type Dispatcher } from 'undici';
import { httpOver } from '../http-over.js';
import type { Dialer } from '../network.js';
import type { Trust } from '../pki/trust.js';
import { secured as securedBy } from '../users/secured.js';

export type LabFetch = (address: string | URL, init?: RequestInit) => Promise<Response>;

/** `fetch` through a way into a lab, trusting the lab's roots only. Follows no redirect. */
export function labFetch(dialer: Dialer, trust: Trust): LabFetch {
  return async (address, init = {}) => {
    const url = new URL(address);
    const asked = new Request(url, init);
    const answer = await httpOver(await secured(dialer, trust, url.hostname), url).request({
      method: asked.method as Dispatcher.HttpMethod,
      path: url.pathname + url.search,
      headers: Object.fromEntries(asked.headers),
      body: asked.body && Buffer.from(await asked.arrayBuffer()),
      reset: true,
    });
    const headers = new Headers();
    for (const [name, values] of Object.entries(answer.headers))
      for (const value of [values ?? []].flat()) headers.append(name, value);
    const status = answer.statusCode;
    const body = await answer.body.arrayBuffer();
    return new Response(status === 204 || status === 304 ? null : body, { status, headers });
  };
}

/** The way in that any program has which can use an HTTP proxy. */
export function byProxy(url: string): Dialer {
  return async (host, port) => {
    const { statusCode, socket } = await new Client(url).connect({ path: `${host}:${port}` });
    if (statusCode === 200) return socket;
    socket.destroy();
    throw new Error(`${host}:${port}: the proxy answers ${statusCode}`);
  };
}

const contexts = new WeakMap<Trust, SecureContext>();

/** A connection with TLS, trusting the lab's roots only. */
export async function secured(dialer: Dialer, trust: Trust, host: string): Promise<TLSSocket> {
  const secureContext = contexts.get(trust) ?? createSecureContext({ ca: trust.roots });
  contexts.set(trust, secureContext);
  return securedBy(await dialer(host, 443), host, secureContext);
}
