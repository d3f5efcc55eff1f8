import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ResultName } from '../../model/evidence/vocabulary.js';
import { decideProxy } from '../../model/policy/proxy.js';
import type { ProxyMachine } from '../../model/site/proxies.js';
import { type ParentProxy, type Proxy as ProxySettings, schemesOf } from '../../model/site/proxy-schema.js';
import type { Inspection } from '../../model/site/schema.js';
import { escapeHtml } from '../escape-html.js';
import { type Arrival, type Dial, NetworkError } from '../network.js';
import type { InspectionAuthority } from '../pki/inspection-authority.js';
import { type Attempt, decided, type Emitter } from './decided.js';
import { inspectsTunnels } from './inspecting-proxy.js';
import { RefusedByParent, tunnelOfParent, tunnelThroughParent } from './proxy-parent.js';
import { splice } from './splice.js';

export interface ProxyContext extends Emitter {
  /** As which the evidence knows it. */
  machine: ProxyMachine;
  /** The server of the site at an address; undefined: another machine. */
  serverAt(address: string): string | undefined;
  /** How it reads what is said in tunnels, where it does. */
  inspection?: { settings: Inspection; authority: InspectionAuthority };
  /** The proxy through which it sends everything, where it has one. */
  parent?: { host: string; port: number };
  /** Opens the proxy's own connection: to the destination, or to its parent. */
  connect(dial: Dial): Promise<{ socket: Duplex }>;
}

interface Refusal {
  status: 200 | 403 | 407;
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
  const inTunnel = context.inspection && inspectsTunnels(context, context.inspection, failed);
  const server = createServer({ keepAliveTimeout: 0 });
  server.on('connect', (message, socket, early) => void connect(message, socket as Socket, early));
  server.on('request', (message, response) => void forward(message, response));
  server.on('clientError', (_, socket) => socket.destroy());
  return (arrival) => {
    arrivals.set(arrival.socket, arrival);
    server.emit('connection', arrival.socket);
  };

  async function connect(message: IncomingMessage, socket: Socket, early: Buffer): Promise<void> {
    const [host = '', digits = '443'] = (message.url ?? '').split(':');
    const port = Number(digits);
    const refused = judge(message, host, port, 'connect');
    const isRead = inTunnel !== undefined && port === 443;
    // Whoever is asked who he is has to hear of it before the tunnel.
    if (refused && isRead && refused.status !== 407)
      return inTunnel.answer(attemptOf(message, host, port), socket, head(refused) + page(refused.rule));
    if (refused) return void socket.end(head(refused) + page(refused.rule));
    try {
      const toHost = () => dial(message, host, port);
      if (isRead && inTunnel.reads(attemptOf(message, host, port)))
        return await inTunnel.stand(attemptOf(message, host, port), socket, async () => {
          const { socket: upstream } = await toHost();
          return context.parent ? tunnelOfParent(upstream, { host, port }) : upstream;
        });
      const upstream = await toHost();
      if (context.parent)
        return void (await tunnelThroughParent(socket, early, upstream.socket, { host, port }));
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (early.length > 0) upstream.socket.write(early);
      splice(socket, upstream.socket);
    } catch (error) {
      socket.end(failed(error));
    }
  }

  async function forward(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = URL.canParse(message.url ?? '') ? new URL(message.url ?? '') : undefined;
    // Of another form is what a page elsewhere makes a browser ask for at this address.
    if (url?.protocol !== 'http:')
      return void response
        .writeHead(400, { 'Content-Type': 'text/html' })
        .end(page('an absolute http URL is needed'));
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
        // A status that HTTP does not have is no answer.
        const { statusCode = 0 } = answer;
        if (statusCode < 200) return void response.destroy();
        response.writeHead(statusCode, answer.headers);
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

  function attemptOf(message: IncomingMessage, host: string, port: number): Attempt {
    const { connection = '', from: machine = 'unknown' } = arrivals.get(message.socket) ?? {};
    return { connection, flow: { machine, host, address: '', port } };
  }

  function judge(
    message: IncomingMessage,
    host: string,
    port: number,
    method: 'connect' | 'plain',
  ): Refusal | undefined {
    const { account, from = '' } = arrivals.get(message.socket) ?? {};
    const machine = context.serverAt(from);
    const schemes = schemesOf(settings);
    const isKnown = schemes.includes('basic') && message.headers['proxy-authorization'] === credentials;
    const decision = decideProxy(
      settings,
      { host, port, method, account, ...(machine && { machine }) },
      isKnown,
    );
    decided(context, attemptOf(message, host, port), { device: context.machine, ...decision });
    const { action, rule } = decision;
    if (action === 'allow') return undefined;
    const status = settings['refuses-with'] === 'page' ? 200 : 403;
    if (action === 'refuse') return { status, rule, challenges: [] };
    return { status: 407, rule, challenges: schemes.map((scheme) => challenges[scheme]) };
  }
}

/** Of its own refusals it says that they are; a page in the answer's place says nothing of the kind. */
function head({ status, challenges }: Refusal): string {
  const asking = challenges.map((challenge) => `Proxy-Authenticate: ${challenge}\r\n`).join('');
  return headOf(status, `${asking}${status === 200 ? '' : 'X-Lab-Proxy-Error: refused\r\n'}`);
}

function headOf(status: number, headers: string): string {
  return `HTTP/1.1 ${status} ${status === 200 ? 'OK' : 'Refused'}\r\nContent-Type: text/html\r\nConnection: close\r\n${headers}\r\n`;
}

/** What it answers to who wanted to go where it cannot go. */
function failed(error: unknown): string {
  if (error instanceof RefusedByParent) return error.answer;
  const { status, result } = failure(error);
  return headOf(status, `X-Lab-Proxy-Error: ${result}\r\n`) + page(result);
}

function page(reason: string): string {
  return `<html><body><h1>The proxy could not do this</h1><p>${escapeHtml(reason)}</p></body></html>`;
}

/** Which status a proxy answers when it could not connect itself. */
function failure(error: unknown): { status: 502 | 503 | 504; result: ResultName } {
  const result = error instanceof NetworkError ? error.result : 'tcp-reset';
  if (result === 'tcp-drop' || result === 'dns-timeout') return { status: 504, result };
  return { status: result.startsWith('dns-') ? 503 : 502, result };
}
