import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { performServerHandshake } from 'node:http2';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import {
  certificateDecision,
  failureDecision,
  slowAnswerMs,
  slownessDecision,
} from '../../model/policy/application.js';
import { siteAddresses } from '../../model/site/addresses.js';
import { internalPlace } from '../../model/site/internal-url.js';
import { listening } from '../../model/site/listening.js';
import type { Application, Site } from '../../model/site/schema.js';
import { peekName } from '../devices/peek-name.js';
import type { Arrival, Listener, NetworkStack } from '../network.js';
import type { ApplicationAuthority } from '../pki/application-authority.js';
import type { TrustedRoot } from '../pki/pki.js';
import { isTicketFor, negotiate } from '../protocol/kerberos.js';
import { takesHeader } from '../protocol/lab-headers.js';
import { serveResource } from './resource.js';
import { type WebPlace, webPlaces } from './web-places.js';

export interface ApplicationsOptions {
  stack: NetworkStack;
  /** The customer's own authority; asked for where an application speaks TLS. */
  authority(): Promise<ApplicationAuthority>;
}

/** A connection to an application's host. */
interface Visit {
  place: WebPlace;
  arrival: Arrival;
}

/** What is inside the site: the applications that it publishes, plain web servers, and private resources. */
export class Applications implements AsyncDisposable {
  readonly #visits = new WeakMap<Duplex, Visit>();
  readonly #server = createServer({ keepAliveTimeout: 0 });
  #listeners: Listener[] = [];
  /** Names of the site's servers by their address. */
  #servers: ReadonlyMap<string, string> = new Map();

  constructor(private readonly options: ApplicationsOptions) {
    this.#server.on('request', (message, response) => this.#answer(message, response));
  }

  /**
   * Starts and stops them as the site says; `isHere`: whether this machine is the connector's server of that
   * name, or, where none is named, a host inside. Returns the authority of their certificates, where one
   * speaks TLS: the site's servers trust it.
   */
  async setSite(site: Site, isHere: (server?: string) => boolean): Promise<TrustedRoot | undefined> {
    await this.#close();
    const addresses = siteAddresses(site);
    this.#servers = new Map([...addresses.servers].map(([name, address]) => [address, name]));
    const places = webPlaces(listening(site, addresses).filter(({ server }) => isHere(server)));
    const authority = places.some(({ secure }) => secure) ? await this.options.authority() : undefined;
    const { stack } = this.options;
    const web = places.map((place) =>
      stack.listen(place.address, place.port, (arrival) => {
        if (!place.secure || !authority) return this.#serve(arrival.socket, { place, arrival });
        this.#secure({ place, arrival }, authority).catch(() => arrival.socket.destroy());
      }),
    );
    const resources = site['private-access']?.resources.filter(({ state }) => state === 'running') ?? [];
    const inside = (isHere() ? resources : []).flatMap(({ host, ports }) =>
      ports.map((port) =>
        stack.listen(addresses.applications.get(host) ?? '', port, ({ socket }) =>
          serveResource(stack, host, port, socket),
        ),
      ),
    );
    this.#listeners = await Promise.all([...web, ...inside]);
    return authority && { name: authority.name, der: authority.der };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
    this.#server.close();
  }

  async #close(): Promise<void> {
    await Promise.all(this.#listeners.map((listener) => listener.close()));
    this.#listeners = [];
  }

  async #secure(visit: Visit, authority: ApplicationAuthority): Promise<void> {
    const { place, arrival } = visit;
    const { socket } = arrival;
    socket.on('error', () => socket.destroy());
    const application = place.of((await peekName(socket)) ?? '');
    const { host } = internalPlace(application);
    // Said before the client has seen it: whoever refuses it may leave at once.
    this.#decide(visit, application, certificateDecision(application));
    const secureContext = await authority.certificate(host, application.certificate);
    if (socket.destroyed) return;
    const secure = new TLSSocket(socket, {
      isServer: true,
      secureContext,
      // Web servers on Windows speak both.
      ALPNProtocols: ['h2', 'http/1.1'],
    });
    secure.on('error', () => secure.destroy());
    secure.once('secure', () => {
      if (secure.alpnProtocol === 'h2') this.#serveHttp2(secure, visit);
      else this.#serve(secure, visit);
    });
  }

  #serve(socket: Duplex, visit: Visit): void {
    this.#visits.set(socket, visit);
    this.#server.emit('connection', socket);
  }

  #answer(message: IncomingMessage, response: ServerResponse): void {
    const visit = this.#visits.get(message.socket);
    if (!visit) return void response.destroy();
    const { method = 'GET', url: path = '/', headers } = message;
    const application = visit.place.of(headers.host ?? '', path);
    const takesTicket = isTicketFor(internalPlace(application).host, headers.authorization);
    const status = statusOf(application, takesTicket);
    const { stack } = this.options;
    const slow = slownessDecision(application);
    this.#decide(visit, application, slow ?? failureDecision(application));
    stack.emit({ kind: 'application', application: application.name, method, path, status });
    response.writeHead(status, {
      'Content-Type': 'text/html; charset=utf-8',
      Connection: 'close',
      ...(status === 401 && { 'WWW-Authenticate': negotiate }),
      ...(slow && { [takesHeader]: slowAnswerMs }),
    });
    if (!slow) return void response.end(pageOf(application));
    response.flushHeaders();
    const timer = stack.clock.after(slowAnswerMs, () => void response.end(pageOf(application)));
    response.once('close', () => timer.cancel());
  }

  /** Tickets are of a connection, and those of HTTP/2 are shared: no web server of Windows takes one there. */
  #serveHttp2(socket: TLSSocket, visit: Visit): void {
    const session = performServerHandshake(socket);
    // A socket that no TLS server of Node's made never says so itself, and the session waits for it.
    socket.emit('secureConnect');
    session.on('error', () => session.destroy());
    session.on('stream', (stream, headers) => {
      stream.on('error', () => {});
      const [method, path] = [headers[':method'] ?? 'GET', headers[':path'] ?? '/'];
      const application = visit.place.of(headers[':authority'] ?? '', path);
      const status = statusOf(application, false);
      this.#decide(visit, application, failureDecision(application));
      this.options.stack.emit({ kind: 'application', application: application.name, method, path, status });
      stream.respond({
        ':status': status,
        'content-type': 'text/html; charset=utf-8',
        ...(status === 401 && { 'www-authenticate': negotiate }),
      });
      stream.end(pageOf(application));
    });
  }

  #decide(
    { arrival: { connection, from }, place }: Visit,
    application: Application,
    decision: ReturnType<typeof certificateDecision | typeof slownessDecision | typeof failureDecision>,
  ): void {
    if (!decision) return;
    const { host, port } = internalPlace(application);
    const flow = { machine: this.#servers.get(from) ?? from, host, address: place.address, port };
    this.options.stack.emit({ kind: 'decision', connection, ...decision, flow });
  }
}

function statusOf(application: Application, takesTicket: boolean): number {
  if (application['single-sign-on'] === 'kerberos' && !takesTicket) return 401;
  return application.state === 'failing' ? 500 : 200;
}

function pageOf({ name }: Application): string {
  return `<!doctype html><title>${name}</title><h1>${name}</h1>`;
}
