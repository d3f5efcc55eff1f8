import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { WebSocket } from 'ws';
import type { SiteInput } from '../../../../model/site/schema.js';
import { makeSas } from '../../../protocol/sas.js';
import { type OpenRelay, startAt } from '../testing.js';
import { hybridKey } from './access.js';

export const host = 'contoso.servicebus.windows.net';
export const hour = 3_600_000;

export const settings: SiteInput['cloud'] = {
  'hybrid-connections': [{ path: 'orders' }, { path: 'open', 'client-authorization': false }],
  faults: [{ fault: 'relay-recycled', host }],
};

interface SendOptions {
  method?: string;
  headers?: object;
  body?: Buffer;
}

export type HybridClient = ReturnType<typeof clientOf>;

/** Listeners and senders as the documents describe them, on `ws` and Node's HTTP alone. */
export function clientOf(lab: OpenRelay) {
  const token = (policy: string, expires = startAt + hour, path = 'orders') =>
    makeSas(`http://${host}/${path}`, hybridKey(lab.context.pki, policy), policy, expires);
  const target = (action: string, sas = '', path = 'orders') =>
    `/$hc/${path}?sb-hc-action=${action}${sas && `&sb-hc-token=${encodeURIComponent(sas)}`}`;

  async function send(path: string, { method = 'GET', headers, body }: SendOptions = {}) {
    const outgoing = request({ port: lab.port, path, method, agent: false, headers: { host, ...headers } });
    outgoing.end(body);
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: Buffer.concat((await answer.toArray()) as Buffer[]),
    };
  }

  return {
    token,
    target,
    send,
    async listen(expires?: number, path = 'orders'): Promise<WebSocket> {
      const socket = lab.dial(host, target('listen', token('listener', expires, path), path));
      await once(socket, 'open');
      return socket;
    },
    /** Goes to an address that the relay gave. */
    come(address: string, protocol?: string): WebSocket {
      const url = new URL(address);
      return lab.dial(url.hostname, url.pathname + url.search, protocol);
    },
    sendOrder: (options: SendOptions = {}) =>
      send('/orders/7?x=1', {
        ...options,
        headers: { ServiceBusAuthorization: token('sender'), ...options.headers },
      }),
  };
}

export async function next(socket: WebSocket): Promise<Record<string, never>> {
  const [data] = await once(socket, 'message');
  return JSON.parse(String(data));
}

/** How an upgrade was refused. */
export async function refused(
  socket: WebSocket,
): Promise<[status: number | undefined, reason: string | undefined]> {
  const [, answer] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
  socket.terminate();
  return [answer.statusCode, answer.statusMessage];
}
