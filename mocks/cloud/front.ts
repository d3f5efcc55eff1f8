import type { X509Certificate } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import { covers } from '../../harness/policy/match-host.js';
import type { Arrival } from '../network.js';
import type { LeafVariant, Pki } from '../pki/pki.js';
import { Relay } from './relay/relay.js';
import type { CloudContext, CloudReply, CloudRequest, Service, Standing } from './service.js';
import type { CloudHost } from './zone.js';

interface Visit {
  host: CloudHost;
  arrival: Arrival;
  secure?: TLSSocket;
}

/** Requests with larger bodies are refused, bytes. */
const largestBody = 4 * 1024 * 1024;
const contexts = new WeakMap<Pki, Map<string, Promise<SecureContext>>>();

/**
 * Everything that listens in the cloud: TLS, HTTP and WebSocket for every host, then the service of
 * that host. One HTTP server serves all, fed with connections by the lab's network.
 */
export class Front implements Disposable {
  readonly #visits = new WeakMap<Duplex, Visit>();
  readonly #relay: Relay;
  readonly #server = createServer({ maxHeaderSize: 32_768, keepAliveTimeout: 0 });

  constructor(
    private readonly context: CloudContext,
    private readonly services: Readonly<Record<string, Service>>,
  ) {
    this.#relay = new Relay(context);
    this.#server.on('request', (message, response) => void this.#answer(message, response));
    this.#server.on('upgrade', (message, socket, head) => this.#upgrade(message, socket, head));
    this.#server.on('clientError', (_, socket) =>
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'),
    );
  }

  /** Takes a connection that arrived at a host's address. */
  arrive(host: CloudHost, port: number, arrival: Arrival): void {
    if (port === 443) void this.#secure(host, arrival);
    else this.#serve(arrival.socket, { host, arrival });
  }

  [Symbol.dispose](): void {
    this.#relay[Symbol.dispose]();
    this.#server.close();
  }

  async #secure(host: CloudHost, arrival: Arrival): Promise<void> {
    const secureContext = await this.#secureContext(host, arrival);
    const secure = new TLSSocket(arrival.socket, {
      isServer: true,
      secureContext,
      // Asked for, never insisted on: who comes without gets a 403, and TLS stays up.
      requestCert: wantsCertificate(host.service),
      rejectUnauthorized: false,
      ALPNProtocols: ['http/1.1'],
    });
    secure.on('error', () => secure.destroy());
    secure.once('secure', () => this.#serve(secure, { host, arrival, secure }));
  }

  #serve(socket: Duplex, visit: Visit): void {
    this.#visits.set(socket, visit);
    this.#server.emit('connection', socket);
  }

  #secureContext(host: CloudHost, arrival: Arrival): Promise<SecureContext> {
    const { pki } = this.context;
    const variant = this.#variant(host, arrival);
    const known = contexts.get(pki) ?? new Map<string, Promise<SecureContext>>();
    contexts.set(pki, known);
    const key = `${host.name} ${variant}`;
    const cached = known.get(key);
    if (cached) return cached;
    const made = pki
      .leaf(host.name, variant)
      .then(({ keyPem, chainPem }) => createSecureContext({ key: keyPem, cert: chainPem }));
    known.set(key, made);
    return made;
  }

  #variant(host: CloudHost, { connection }: Arrival): LeafVariant {
    const fault = this.context
      .site()
      .cloud.faults.find((one) => one.fault.startsWith('certificate-') && covers(one.host, host.name));
    if (!fault) return 'good';
    this.context.stack.emit({ kind: 'fault', fault: fault.fault, host: host.name, connection });
    return fault.fault.slice('certificate-'.length) as LeafVariant;
  }

  async #answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const visit = this.#visits.get(message.socket);
    if (!visit) return void response.destroy();
    const body = await readBody(message);
    if (!body) return void response.writeHead(413, { Connection: 'close' }).end();
    const request = this.#request(message, visit, body);
    const reply = this.#unavailable(visit) ??
      (await this.services[visit.host.service]?.(request)) ?? { status: 404 };
    this.#note(request, visit, reply);
    // The same clock as everybody's: clients compare it with their own.
    const date = new Date(this.context.stack.clock.now()).toUTCString();
    response
      .writeHead(reply.status, { Date: date, Connection: 'close', ...reply.headers })
      .end(reply.body ?? '');
  }

  #upgrade(message: IncomingMessage, socket: Duplex, head: Buffer): void {
    const visit = this.#visits.get(socket);
    if (visit?.host.service !== 'relay') return void socket.destroy();
    const reply = this.#relay.accept({ request: message, socket, head });
    this.#note(this.#request(message, visit, Buffer.alloc(0)), visit, reply);
  }

  #unavailable({ host, arrival }: Visit): CloudReply | undefined {
    const fault = this.context
      .site()
      .cloud.faults.find((one) => one.fault === 'service-unavailable' && covers(one.host, host.name));
    if (!fault) return undefined;
    this.context.stack.emit({
      kind: 'fault',
      fault: fault.fault,
      host: host.name,
      connection: arrival.connection,
    });
    return { status: 503, headers: { 'Content-Type': 'text/html' }, body: '<h1>503</h1>' };
  }

  #request(message: IncomingMessage, { host, arrival, secure }: Visit, body: Buffer): CloudRequest {
    const url = new URL(message.url ?? '/', `https://${host.name}`);
    return {
      host: host.name,
      connection: arrival.connection,
      peer: arrival.from,
      method: message.method ?? 'GET',
      url,
      headers: message.headers,
      body,
      ...this.#certificate(host, secure),
    };
  }

  #certificate(
    host: CloudHost,
    secure?: TLSSocket,
  ): { certificate: Standing; tenantId?: string; connectorId?: string } {
    if (!wantsCertificate(host.service) || !secure) return { certificate: 'not-asked' };
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
      path: request.url.pathname,
      status: reply.status,
      clientCertificate: request.certificate,
      ...(connector && { connector }),
      ...(reply.detail && { detail: reply.detail }),
    });
  }
}

/** Services that know connectors by their certificates. */
function wantsCertificate(service: string): boolean {
  return ['bootstrap', 'data', 'renewal', 'updates', 'tunnel'].includes(service);
}

async function readBody(message: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of message) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length > largestBody) return undefined;
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}
