import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ResultName } from '../../model/evidence/vocabulary.js';
import { decideProxy } from '../../model/policy/proxy.js';
import type { ProxyMachine } from '../../model/site/proxies.js';
import { type ParentProxy, type Proxy as ProxySettings, schemesOf } from '../../model/site/proxy-schema.js';
import { type Arrival, type Dial, NetworkError } from '../network.js';
import { decided, type Emitter } from './decided.js';
import { tunnelThroughParent } from './proxy-parent.js';
import { splice } from './splice.js';

export interface ProxyContext extends Emitter {
  /** As which the evidence knows it. */
  machine: ProxyMachine;
  /** The proxy through which it sends everything, where it has one. */
  parent?: { host: string; port: number };
  /** Opens the proxy's own connection: to the destination, or to its parent. */
  connect(dial: Dial): Promise<{ socket: Duplex }>;
}

interface Refusal {
  status: 403 | 407;
  rule: string;
  /** Values of `Proxy-Authenticate`, one a header. */
  challenges: string[];
}

/** Values of `Proxy-Authenticate`, as real proxies ask (RFC 7617, RFC 4559). */
const challenges = { basic: 'Basic realm="lab"', ntlm: 'NTLM', negotiate: 'Negotiate' };

/** Name and password that the lab's proxy accepts. Service accounts have none to offer. */
const credentials = `Basic ${Buffer.from('lab:lab').toString('base64')}`;

/**
 * An explicit proxy: CONNECT for TLS, absolute-form requests for plain HTTP. Returns what takes its
 * arriving connections.
 */
export function explicitProxy(
  context: ProxyContext,
  settings: ProxySettings | ParentProxy,
): (arrival: Arrival) => void {
  const arrivals = new WeakMap<Duplex, Arrival>();
  const server = createServer({ keepAliveTimeout: 0 });
  server.on('connect', (message, socket, early) => void connect(message, socket as Socket, early));
  server.on('request', (message, response) => void forward(message, response));
  server.on('clientError', (_, socket) => socket.destroy());
  return (arrival) => {
    arrivals.set(arrival.socket, arrival);
    server.emit('connection', arrival.socket);
  };

  async function connect(message: IncomingMessage, socket: Socket, early: Buffer): Promise<void> {
    const [host = '', port = '443'] = (message.url ?? '').split(':');
    const refused = judge(message, host, Number(port), 'connect');
    if (refused) return void socket.end(head(refused.status, challengeHeaders(refused)) + page(refused.rule));
    try {
      const upstream = await dial(message, host, Number(port));
      if (context.parent)
        return void (await tunnelThroughParent(socket, early, upstream.socket, { host, port: Number(port) }));
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (early.length > 0) upstream.socket.write(early);
      splice(socket, upstream.socket);
    } catch (error) {
      const { status, result } = failure(error);
      socket.end(head(status, `X-Lab-Proxy-Error: ${result}\r\n`) + page(result));
    }
  }

  async function forward(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = URL.canParse(message.url ?? '') ? new URL(message.url ?? '') : undefined;
    if (!url)
      return void response
        .writeHead(400, { 'Content-Type': 'text/html' })
        .end(page('an absolute URL is needed'));
    const port = Number(url.port || 80);
    const refused = judge(message, url.hostname, port, 'plain');
    if (refused) {
      const headers = {
        'Content-Type': 'text/html',
        ...(refused.challenges.length > 0 && { 'Proxy-Authenticate': refused.challenges }),
      };
      return void response.writeHead(refused.status, headers).end(page(refused.rule));
    }
    try {
      const upstream = await dial(message, url.hostname, port);
      const options = {
        method: message.method,
        path: context.parent ? url.href : url.pathname + url.search,
        headers: { ...message.headers, connection: 'close' },
      };
      const onward = request({ ...options, createConnection: () => upstream.socket }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on('error', () => response.destroy());
      message.pipe(onward);
    } catch (error) {
      const { status, result } = failure(error);
      response
        .writeHead(status, { 'Content-Type': 'text/html', 'X-Lab-Proxy-Error': result })
        .end(page(result));
    }
  }

  function dial(message: IncomingMessage, host: string, port: number): Promise<{ socket: Duplex }> {
    return context.connect({
      ...(context.parent ?? { host, port }),
      parent: arrivals.get(message.socket)?.connection,
    });
  }

  function judge(
    message: IncomingMessage,
    host: string,
    port: number,
    method: 'connect' | 'plain',
  ): Refusal | undefined {
    const arrival = arrivals.get(message.socket);
    const schemes = schemesOf(settings);
    const isKnown = schemes.includes('basic') && message.headers['proxy-authorization'] === credentials;
    const decision = decideProxy(settings, { host, port, method, account: arrival?.account }, isKnown);
    const flow = { machine: arrival?.from ?? 'unknown', host, address: '', port };
    decided(
      context,
      { connection: arrival?.connection ?? '', flow },
      { device: context.machine, ...decision },
    );
    const { action, rule } = decision;
    if (action === 'allow') return undefined;
    if (action === 'refuse') return { status: 403, rule, challenges: [] };
    return { status: 407, rule, challenges: schemes.map((scheme) => challenges[scheme]) };
  }
}

function challengeHeaders({ challenges }: Refusal): string {
  return challenges.map((challenge) => `Proxy-Authenticate: ${challenge}\r\n`).join('');
}

function head(status: number, headers: string): string {
  return `HTTP/1.1 ${status} Refused\r\nContent-Type: text/html\r\nConnection: close\r\n${headers}\r\n`;
}

function page(reason: string): string {
  return `<html><body><h1>The proxy could not do this</h1><p>${reason}</p></body></html>`;
}

/** Which status a proxy answers when it could not connect itself. */
function failure(error: unknown): { status: 502 | 503 | 504; result: ResultName } {
  const result = error instanceof NetworkError ? error.result : 'tcp-reset';
  if (result === 'tcp-drop' || result === 'dns-timeout') return { status: 504, result };
  return { status: result.startsWith('dns-') ? 503 : 502, result };
}
