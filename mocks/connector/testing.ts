import { createServer as createHttpServer, type RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { afterEach } from 'vitest';
import type { EventBody, EventKind } from '../../model/evidence/event.js';
import type { Operation } from '../../model/evidence/vocabulary.js';
import { documentedSite } from '../../model/site/documented.js';
import type { AccessTarget } from '../../model/site/private-access.js';
import { Applications } from '../applications/applications.js';
import type { NetworkStack } from '../network.js';
import { type LabFetch, labFetch } from '../testing/lab-fetch.js';
import { type OpenCloud, openCloud } from '../testing/open-cloud.js';
import { Visitor } from '../users/visitor.js';
import { Connector } from './connector.js';

/** Connectors, one on every server of a site, with their cloud, applications and users, for the tests of a file; each test opens it anew. */
export class ConnectorLab {
  site = documentedSite();
  connectors: readonly Connector[] = [];
  #open!: OpenCloud;
  #applications!: Applications;
  #users!: Visitor;

  constructor() {
    afterEach(() => this.#close());
  }

  async open(site = this.site): Promise<void> {
    this.site = site;
    this.#open = await openCloud(site);
    const { pki, certificates } = this.#open;
    const roots = pki.roots;
    this.#applications = new Applications({
      stack: this.stack('applications'),
      authority: () => pki.applicationAuthority(),
    });
    const own = await this.#applications.setSite(site, () => true);
    this.#users = new Visitor({ stack: this.stack('user'), roots, site: () => site });
    this.connectors = site.servers.map(
      (server) =>
        new Connector({
          ...{ stack: this.stack(server.name), server, site, roots, certificates },
          addedRoots: own ? [own] : [],
        }),
    );
  }

  /** That of the first server. */
  get connector(): Connector {
    const [first] = this.connectors;
    if (!first) throw new Error('the site has no server, or the lab is not open');
    return first;
  }

  get events() {
    return this.#open.events;
  }
  get fabric() {
    return this.#open.fabric;
  }
  get clock() {
    return this.#open.clock;
  }
  get cloud() {
    return this.#open.cloud;
  }

  stack(machine: string): NetworkStack {
    return this.#open.stack(machine);
  }

  seen<K extends EventKind>(kind: K): Extract<EventBody, { kind: K }>[] {
    return this.#open.seen(kind);
  }

  /** How each operation ended, of the first server's connector. */
  perform(...operations: Operation[]): Promise<string[]> {
    return this.performOn(this.connector, ...operations);
  }

  /** How each operation ended. */
  async performOn(connector: Connector, ...operations: Operation[]): Promise<string[]> {
    const before = this.seen('operation').length;
    for (const operation of operations) await connector.perform(operation);
    return this.seen('operation')
      .slice(before)
      .map(({ outcome }) => outcome);
  }

  /** How the attempts to listen ended, in the order of the namespaces. */
  listens(): string[] {
    return this.seen('attempt')
      .filter(({ operation, purpose }) => operation === 'listen' && purpose === 'listen for requests')
      .map(({ outcome }) => outcome);
  }

  /** The page that a user sees, of the first application where none is named. */
  async visit(external = this.site.applications[0]?.external ?? ''): Promise<string | undefined> {
    await this.#users.visit(external);
    for (const connector of this.connectors) await connector.idle();
    return this.seen('visit').at(-1)?.page;
  }

  /** How a user's connection to a private resource ended. */
  async access(target: AccessTarget): Promise<string | undefined> {
    await this.#users.access(target);
    return this.seen('access').at(-1)?.outcome;
  }

  /** `fetch` of a user. */
  get fetch(): LabFetch {
    return labFetch(this.#open.dialer(), this.#open.trust);
  }

  /** Puts something of the test's own where a host of the cloud was. */
  replace(host: string, port: number, accept: (socket: Socket) => void): void {
    const at = this.cloud.zone.find(({ name }) => name === host);
    if (!at) throw new Error(`the cloud has no ${host}`);
    this.fabric.listen(at.address, port, ({ socket }) => accept(socket));
  }

  /** As {@link replace}, behind the host's own certificate. */
  async replaceSecure(host: string, accept: (socket: TLSSocket) => void): Promise<void> {
    const { keyPem, chainPem } = await this.#open.pki.leaf(host);
    const secureContext = createSecureContext({ key: keyPem, cert: chainPem });
    this.replace(host, 443, (socket) => {
      const secure = new TLSSocket(socket, { isServer: true, secureContext });
      secure.on('error', () => secure.destroy());
      accept(secure);
    });
  }

  async #close(): Promise<void> {
    for (const one of [...this.connectors, this.#applications, this.#open]) await one[Symbol.asyncDispose]();
  }
}

/** Answers HTTP on a socket. */
export function replies(listener: RequestListener): (socket: Socket) => void {
  const http = createHttpServer(listener);
  return (socket) => void http.emit('connection', socket);
}

/** What a connector does until it is ready for users. */
export const life: Operation[] = ['install', 'sign-in', 'register', 'bootstrap', 'listen'];
export const everyOk = life.map(() => 'ok');
