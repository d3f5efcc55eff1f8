import type { X509Certificate } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import type { Arrival } from '../network.js';
import type { Pki } from '../pki/pki.js';
import { takesHeader } from '../protocol/lab-headers.js';
import type { CloudHost } from '../zone.js';
import { Bodies } from './bodies.js';
import { Deadlines, type Limits } from './deadlines.js';
import {
  answerFaults,
  certificateFaults,
  certificateVariants,
  felt,
  isPreflight,
  replyOf,
  slowAnswerMs,
} from './faults.js';
import { Http2Front } from './http2-front.js';
import { refuse, refuseMalformed } from './refuse.js';
import type { RunningService, RunningServices } from './running-services.js';
import type { CloudContext, CloudReply, CloudRequest, Standing } from './service.js';

interface Visit {
  host: CloudHost;
  service: RunningService;
  arrival: Arrival;
  secure?: TLSSocket;
  /** A connection is for one request: whatever is smuggled in behind it is never looked at. */
  asked?: boolean;
}

/** Requests with more header bytes are refused. */
const largestHeader = 32_768;
/** Requests with more headers are refused: browsers and proxies send a few dozen. */
const mostHeaders = 200;
/** More of a path than this does not go into evidence. */
const longestPath = 1024;
const contexts = new WeakMap<Pki, Map<string, Promise<SecureContext>>>();

/**
 * Everything that listens in the cloud: TLS, HTTP and WebSocket for every host, then the service of
 * that host. One HTTP server serves all, fed with connections by the lab's network.
 */
export class Front implements Disposable {
  readonly #visits = new WeakMap<Duplex, Visit>();
  readonly #http2: Http2Front;
  readonly #deadlines: Deadlines;
  readonly #bodies = new Bodies();
  readonly #server = createServer({ maxHeaderSize: largestHeader, keepAliveTimeout: 0 });

  constructor(
    private readonly context: CloudContext,
    private readonly services: RunningServices,
    limits: Limits,
  ) {
    this.#http2 = new Http2Front(context);
    this.#deadlines = new Deadlines(limits);
    this.#server.on('request', (message, response) => void this.#answer(message, response));
    this.#server.on('upgrade', (message, socket, head) => this.#upgrade(message, socket, head));
    this.#server.on('clientError', refuseMalformed);
  }

  /** Takes a connection that arrived at a host's address. */
  arrive(host: CloudHost, port: number, arrival: Arrival): void {
    const { socket } = arrival;
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#deadlines.met(socket));
    this.#deadlines.begin(socket, () => socket.destroy());
    const visit = { host, service: this.services.of(host.service), arrival };
    if (port === 443) this.#secure(visit).catch(() => socket.destroy());
    else this.#serve(socket, visit);
  }

  [Symbol.dispose](): void {
    this.services[Symbol.dispose]();
    this.#deadlines[Symbol.dispose]();
    this.#server.close();
  }

  async #secure(visit: Visit): Promise<void> {
    const { host, service, arrival } = visit;
    const secureContext = await this.#secureContext(host, arrival);
    if (arrival.socket.destroyed) return;
    const secure = new TLSSocket(arrival.socket, {
      isServer: true,
      secureContext,
      // Asked for, never insisted on: who comes without gets a 403, and TLS stays up.
      requestCert: service.clientCertificate ?? false,
      rejectUnauthorized: false,
      ALPNProtocols: service.http2 ? ['h2', 'http/1.1'] : ['http/1.1'],
    });
    secure.on('error', () => secure.destroy());
    secure.once('secure', () => {
      if (secure.alpnProtocol !== 'h2' || !service.http2) return this.#serve(secure, { ...visit, secure });
      const { connection, from: peer, socket } = arrival;
      this.#deadlines.begin(socket, () => socket.destroy());
      const stream = { host, connection, peer, ...this.#certificate(service, secure) };
      // Whoever was let in once may stay; strangers may not.
      this.#http2.serve(secure, stream, {
        handler: service.http2,
        onServed: () => this.#deadlines.met(socket),
      });
    });
  }

  #serve(socket: Duplex, visit: Visit): void {
    this.#visits.set(socket, visit);
    this.#deadlines.begin(visit.arrival.socket, () => refuse(socket, 408));
    this.#server.emit('connection', socket);
  }

  #secureContext(host: CloudHost, { connection }: Arrival): Promise<SecureContext> {
    const { pki } = this.context;
    const fault = felt(this.context, certificateFaults, { host: host.name, connection });
    const known = contexts.get(pki) ?? new Map<string, Promise<SecureContext>>();
    contexts.set(pki, known);
    const { environment } = this.context.site().cloud;
    const key = `${host.name} ${fault ?? 'good'} ${environment}`;
    const cached = known.get(key);
    if (cached) return cached;
    const made = pki
      .leaf(host.name, fault ? certificateVariants[fault] : 'good', environment)
      .then(({ keyPem, chainPem }) => createSecureContext({ key: keyPem, cert: chainPem }));
    known.set(key, made);
    return made;
  }

  async #answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const visit = this.#visits.get(message.socket);
    if (!visit || visit.asked) return;
    visit.asked = true;
    const { socket } = visit.arrival;
    const refused = wrongHeaders(visit.host, message);
    if (refused !== undefined) {
      this.#deadlines.met(socket);
      return this.#send(visit, response, { status: refused });
    }
    const body = await this.#bodies.read(message);
    this.#deadlines.met(socket);
    if (body === 'broken-off') return void response.destroy();
    if (body === 'too-large') return this.#send(visit, response, { status: 413 });
    const request = this.#request(message, visit, body);
    if (!request) return this.#send(visit, response, { status: 400 });
    const fault = isPreflight(request) ? undefined : felt(this.context, answerFaults, request);
    if (fault === 'half-closed') {
      this.#deadlines.begin(socket, () => socket.destroy());
      return void socket.end();
    }
    const reply = replyOf(fault, visit.service) ?? (await this.#reply(request, visit));
    this.#note(request, visit, reply);
    this.#send(visit, response, fault === 'slow-body' ? { ...reply, takesMs: slowAnswerMs } : reply);
  }

  async #reply(request: CloudRequest, { service }: Visit): Promise<CloudReply> {
    try {
      return await service.answer(request);
    } catch (error) {
      // Whatever a request did to a service: the others are served on, and evidence says what it was.
      return { status: 500, detail: error instanceof Error ? error.message : String(error) };
    }
  }

  #send(visit: Visit, response: ServerResponse, reply: CloudReply): void {
    const { clock } = this.context.stack;
    const body = Buffer.from(reply.body ?? '');
    // The same clock as everybody's: clients compare it with their own.
    const headers = {
      Date: new Date(clock.now()).toUTCString(),
      Connection: 'close',
      ...(reply.status !== 204 && { 'Content-Length': body.length }),
      ...reply.headers,
    };
    const { socket } = visit.arrival;
    if (reply.takesMs === undefined || body.length === 0) {
      response.writeHead(reply.status, headers).end(body);
      if (!socket.destroyed) this.#deadlines.begin(socket, () => socket.destroy());
      return;
    }
    // The lab's own clients stand in the same lab time and would wait for ever: they are told.
    const marked = { ...headers, [takesHeader]: reply.takesMs };
    const begun = Math.floor(body.length / 2);
    response.writeHead(reply.status, marked).write(body.subarray(0, begun));
    const timer = clock.after(reply.takesMs, () => void response.end(body.subarray(begun)));
    response.once('close', () => timer.cancel());
  }

  #upgrade(message: IncomingMessage, socket: Duplex, head: Buffer): void {
    const visit = this.#visits.get(socket);
    const request = visit && this.#request(message, visit, Buffer.alloc(0));
    const handler = visit?.service.webSocket;
    if (!request || visit.asked || !handler) return void refuse(socket, 400);
    const refused = wrongHeaders(visit.host, message);
    if (refused !== undefined) return void refuse(socket, refused);
    visit.asked = true;
    this.#deadlines.met(visit.arrival.socket);
    const fault = felt(this.context, answerFaults, request);
    if (fault === 'half-closed') return void visit.arrival.socket.end();
    const instead = replyOf(fault, visit.service);
    if (instead) refuse(socket, instead.status);
    const { host, connection, peer } = request;
    const reply = instead ?? handler.accept({ request: message, socket, head, host, connection, peer });
    void Promise.resolve(reply).then((one) => this.#note(request, visit, one));
  }

  #request(
    message: IncomingMessage,
    { host, service, arrival, secure }: Visit,
    body: Buffer,
  ): CloudRequest | undefined {
    const base = `https://${host.name}`;
    if (!URL.canParse(message.url ?? '', base)) return undefined;
    return {
      host: host.name,
      connection: arrival.connection,
      peer: arrival.from,
      method: message.method ?? 'GET',
      url: new URL(message.url ?? '', base),
      headers: message.headers,
      body,
      ...this.#certificate(service, secure),
    };
  }

  #certificate(
    { clientCertificate }: RunningService,
    secure?: TLSSocket,
  ): { certificate: Standing; tenantId?: string; connectorId?: string } {
    if (!clientCertificate || !secure) return { certificate: 'not-asked' };
    const peer: X509Certificate | undefined = secure.getPeerX509Certificate();
    if (!peer) return { certificate: 'missing' };
    const { standing, ...identity } = this.context.pki.connectors.examine(
      peer.raw,
      this.context.stack.clock.now(),
    );
    return { certificate: standing, ...identity };
  }

  #note(request: CloudRequest, { host }: Visit, reply: CloudReply): void {
    const connector = reply.connectorId ?? request.connectorId;
    this.context.stack.emit({
      kind: 'cloud',
      service: host.service,
      host: host.name,
      connection: request.connection,
      peer: request.peer,
      method: request.method,
      path: request.url.pathname.slice(0, longestPath),
      status: reply.status,
      clientCertificate: request.certificate,
      ...(connector && { connector }),
      ...(reply.detail && { detail: reply.detail }),
    });
  }
}

/**
 * How a request is refused by its headers alone. It has to say the name of the host that it came to: a page
 * that made its own name lead here (DNS rebinding) says its own.
 */
function wrongHeaders({ name }: CloudHost, { headers, rawHeaders }: IncomingMessage): 421 | 431 | undefined {
  if (rawHeaders.length > 2 * mostHeaders) return 431;
  return headers.host?.toLowerCase().replace(/:\d{1,5}$/, '') === name.toLowerCase() ? undefined : 421;
}
