import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Timer } from '../../../network.js';
import {
  answerMs,
  decodePath,
  forwardedHeaders,
  type HybridAddress,
  largestInline,
  mostListeners,
  readHybridAddress,
  readListenerMessage,
} from '../../../protocol/hybrid.js';
import { rendezvousMs } from '../../../protocol/signalling.js';
import { ProtocolError } from '../../../protocol/xml.js';
import type { CloudContext, CloudReply, CloudRequest } from '../../service.js';
import type { Upgrade } from '../upgrade.js';
import { authorize, type HybridRefusal, refusal, tokenOf } from './access.js';
import { bridge } from './bridge.js';
import { type Answer, HybridListener } from './listener.js';

/** Completes an upgrade; what comes over a control channel is small. */
export type Complete = (upgrade: Upgrade, kind: 'control' | 'data', then: (peer: WebSocket) => void) => void;

/** An offer to a listener that waits at a gateway. */
interface Offer {
  gateway: string;
  action: 'accept' | 'request';
  timer: Timer;
  taken(upgrade: Upgrade): void;
  rejected(status: number, description: string): void;
}

/** Listeners and senders of hybrid connections, and where they meet (connector-facts 2). */
export class HybridConnections {
  readonly #listeners = new Map<string, HybridListener[]>();
  readonly #offers = new Map<string, Offer>();
  #turns = 0;

  constructor(
    private readonly context: CloudContext,
    private readonly complete: Complete,
  ) {}

  /** Takes an upgrade below `/$hc/`; ends when it is answered. */
  async accept(upgrade: Upgrade): Promise<CloudReply> {
    const address = readHybridAddress(upgrade.request.url ?? '');
    if (!address) return refuse(upgrade.socket, refusal(400, 'no address of a hybrid connection'));
    if (address.action === 'accept' || address.action === 'request') return this.#meet(upgrade, address);
    const refused = this.#refusal(upgrade, address);
    if (refused) return refuse(upgrade.socket, refused);
    return address.action === 'listen' ? this.#listen(upgrade, address) : this.#connect(upgrade, address);
  }

  /** A sender's HTTP request. */
  async answer(request: CloudRequest): Promise<CloudReply> {
    const target = decodePath(request.url.pathname.slice(1));
    const path = target && this.#connectionOf(request.host, target);
    if (!path) return plain(refusal(404, 'no such hybrid connection'));
    const token = tokenOf(request.url.searchParams.get('sb-hc-token') ?? undefined, request.headers);
    const refused = this.#mayNot('send', request.host, path, token);
    if (refused) return plain(refused);
    const listener = this.#choose(path);
    if (!listener) return plain(refusal(502, 'no listener is connected'));
    return this.#ask(listener, request, path);
  }

  #refusal(
    { host, request }: Upgrade,
    { path: target, action, token }: HybridAddress,
  ): HybridRefusal | undefined {
    const path = this.#connectionOf(host, target);
    if (!path) return refusal(404, 'no such hybrid connection');
    const right = action === 'listen' ? 'listen' : 'send';
    const refused = this.#mayNot(right, host, path, tokenOf(token, request.headers));
    if (refused) return refused;
    const listeners = this.#listeners.get(path)?.length ?? 0;
    if (action === 'listen')
      return listeners >= mostListeners ? refusal(403, 'there are 25 listeners already') : undefined;
    return listeners === 0 ? refusal(404, 'no listener is connected') : undefined;
  }

  #mayNot(right: 'listen' | 'send', host: string, path: string, token: string | undefined) {
    const settings = this.#settings().find((one) => one.path === path);
    if (right === 'send' && settings && !settings['client-authorization']) return undefined;
    return authorize(this.context, { right, host, path, token });
  }

  /** `Authorization` is the application's, unless it was the relay's token. */
  #withoutToken(
    inQuery: string | undefined,
    headers: IncomingHttpHeaders,
    path: string,
  ): IncomingHttpHeaders {
    const isOpen = this.#settings().some((one) => one.path === path && !one['client-authorization']);
    if (isOpen || inQuery !== undefined || headers.servicebusauthorization !== undefined) return headers;
    const { authorization: _, ...others } = headers;
    return others;
  }

  #settings() {
    return this.context.site().cloud['hybrid-connections'];
  }

  /** The hybrid connection that a path is, or lies below. */
  #connectionOf(host: string, target: string): string | undefined {
    if (host !== this.context.names().hybridNamespace.host) return undefined;
    const found = this.#settings().find(({ path }) => target === path || target.startsWith(`${path}/`));
    return found?.path;
  }

  #listen(upgrade: Upgrade, address: HybridAddress): CloudReply {
    const { host, connection, request } = upgrade;
    const path = this.#connectionOf(host, address.path) ?? '';
    const token = tokenOf(address.token, request.headers) ?? '';
    this.complete(upgrade, 'control', (peer) => {
      const listener = new HybridListener(this.context, peer, { host, path, token, connection });
      this.#listeners.set(path, [...(this.#listeners.get(path) ?? []), listener]);
      peer.once('close', () => {
        const left = this.#listeners.get(path)?.filter((one) => one !== listener) ?? [];
        this.#listeners.set(path, left);
      });
    });
    return { status: 101, detail: `listens at ${path}` };
  }

  /** The real relay chooses at random; in turn, runs can be repeated. */
  #choose(path: string): HybridListener | undefined {
    const listeners = this.#listeners.get(path) ?? [];
    return listeners[this.#turns++ % listeners.length];
  }

  #connect(upgrade: Upgrade, address: HybridAddress): Promise<CloudReply> {
    const path = this.#connectionOf(upgrade.host, address.path) ?? '';
    const listener = this.#choose(path);
    return new Promise((resolve) => {
      const refuseSender = (why: HybridRefusal) => resolve(refuse(upgrade.socket, why));
      const offer = this.#offer('accept', address, {
        late: () => refuseSender(refusal(504, 'the listener did not accept in time')),
        taken: (listening) => {
          if (upgrade.socket.destroyed) {
            refuse(listening.socket, refusal(403, 'the sender went away'));
            resolve({ status: 499, detail: 'the sender went away' });
            return;
          }
          // The listener says which subprotocol it speaks; the sender is told.
          upgrade.request.headers['sec-websocket-protocol'] =
            listening.request.headers['sec-websocket-protocol'];
          this.complete(listening, 'data', (inner) =>
            this.complete(upgrade, 'data', (outer) => bridge(outer, inner)),
          );
          resolve({ status: 101, detail: 'a listener has accepted' });
        },
        rejected: (status, description) => {
          upgrade.socket.end(head(status, description));
          resolve({ status, detail: 'the listener has rejected' });
        },
      });
      const { host, request, peer } = upgrade;
      const connectHeaders = forwardedHeaders(this.#withoutToken(address.token, request.headers, path), host);
      listener?.tell({ accept: { ...offer, connectHeaders, remoteEndpoint: { address: peer, port: 0 } } });
    });
  }

  #offer(
    action: Offer['action'],
    { path, query }: Pick<HybridAddress, 'path' | 'query'>,
    { late, taken, rejected }: Pick<Offer, 'taken' | 'rejected'> & { late(): void },
  ): { address: string; id: string } {
    const id = `${randomUUID()}_G0_G1`;
    const { gateways } = this.context.names().hybridNamespace;
    const gateway = gateways[this.#turns % gateways.length] ?? '';
    const timer = this.context.stack.clock.after(rendezvousMs, () => {
      this.#offers.delete(id);
      late();
    });
    this.#offers.set(id, { gateway, action, timer, taken, rejected });
    const parameters = new URLSearchParams({ 'sb-hc-action': action, 'sb-hc-id': id });
    const encoded = path.split('/').map(encodeURIComponent).join('/');
    return { address: `wss://${gateway}:443/$hc/${encoded}?${query ? `${query}&` : ''}${parameters}`, id };
  }

  /** A listener comes to a gateway for what it was offered: in time, and once. */
  #meet(upgrade: Upgrade, { id = '', action, rejects }: HybridAddress): CloudReply {
    const offer = this.#offers.get(id);
    if (!offer || offer.gateway !== upgrade.host || offer.action !== action)
      return refuse(upgrade.socket, refusal(403, 'the address was used, or its time is over'));
    this.#offers.delete(id);
    offer.timer.cancel();
    if (rejects) {
      offer.rejected(rejects.status, rejects.description);
      return refuse(upgrade.socket, refusal(410, 'the connection was rejected, as you wished'));
    }
    offer.taken(upgrade);
    return { status: 101, detail: 'comes for an offer' };
  }

  async #ask(listener: HybridListener, request: CloudRequest, path: string): Promise<CloudReply> {
    const { clock } = this.context.stack;
    const { body, url } = request;
    const isInline = body.length <= largestInline;
    const query = new URLSearchParams([...url.searchParams].filter(([name]) => !name.startsWith('sb-hc-')));
    const requestTarget = `${url.pathname}${query.size > 0 ? `?${query}` : ''}`;
    const given = url.searchParams.get('sb-hc-token') ?? undefined;
    const headers = forwardedHeaders(this.#withoutToken(given, request.headers, path), request.host);
    let id = '';
    const told = () => ({
      id,
      requestTarget,
      method: request.method,
      remoteEndpoint: { address: request.peer, port: 0 },
      requestHeaders: headers,
      body: body.length > 0,
    });
    const offer = this.#offer(
      'request',
      { path, query: query.toString() },
      {
        late: () => {},
        rejected: () => listener.settle(id),
        taken: (upgrade) =>
          this.complete(upgrade, 'data', (peer) => {
            answerOver(peer, (answer) => listener.settle(id, answer));
            if (isInline) return;
            peer.send(JSON.stringify({ request: told() }));
            peer.send(body, { binary: true });
          }),
      },
    );
    id = offer.id;
    const answered = listener.answer(id);
    if (isInline)
      listener.tell({ request: { address: offer.address, ...told() } }, body.length > 0 ? body : undefined);
    else listener.tell({ request: offer });
    let isLate = false;
    const timer = clock.after(answerMs, () => {
      isLate = true;
      listener.settle(id);
    });
    const answer = await answered;
    timer.cancel();
    this.#offers.get(id)?.timer.cancel();
    this.#offers.delete(id);
    if (isLate) return plain(refusal(504, 'the listener did not answer within 60 s'));
    if (!answer) return plain(refusal(502, 'the listener went away'));
    return replyOf(answer, request.host);
  }
}

/** A listener answers over a rendezvous: a message, and a body after it. */
function answerOver(peer: WebSocket, settle: (answer?: Answer) => void): void {
  let response: Answer['response'] | undefined;
  peer.on('message', (data, isBinary) => {
    try {
      if (!isBinary) {
        const message = readListenerMessage(String(data));
        if (!('response' in message)) throw new ProtocolError('no answer');
        response = message.response;
      }
      if (!response) throw new ProtocolError('a body without an answer');
      if (isBinary || !response.body)
        settle({ response, body: isBinary ? (data as Buffer) : Buffer.alloc(0) });
    } catch {
      peer.close(1003, 'no answer of a listener');
    }
  });
  peer.once('close', () => settle());
}

function replyOf({ response, body }: Answer, host: string): CloudReply {
  const status = response.statusCode;
  // These two are the relay's own (connector-facts 2.4). What it then says is assumed.
  if (status === 502 || status === 504 || status < 200)
    return plain(refusal(500, `the listener answered ${status}, which it must not`));
  return { status, headers: forwardedHeaders(response.responseHeaders ?? {}, host), body };
}

function plain({ status, reason }: HybridRefusal): CloudReply {
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: reason, detail: reason };
}

function refuse(socket: Duplex, { status, reason }: HybridRefusal): CloudReply {
  socket.end(head(status, reason));
  return { status, detail: reason };
}

/** The reason phrase is what clients show. */
function head(status: number, reason: string): string {
  const phrase = reason.replace(/[^\x20-\x7e]/g, ' ').slice(0, 400);
  return `HTTP/1.1 ${status} ${phrase}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`;
}
