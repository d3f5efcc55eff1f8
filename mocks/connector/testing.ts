import { createServer as createHttpServer, type RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { beforeAll, beforeEach } from 'vitest';
import { Fabric } from '../../harness/engines/embedded/fabric.js';
import { Network } from '../../harness/engines/embedded/network.js';
import { SocketPairs } from '../../harness/engines/embedded/socket-pair.js';
import type { EventBody, EventKind } from '../../model/evidence/event.js';
import type { Operation } from '../../model/evidence/vocabulary.js';
import { siteAddresses } from '../../model/site/addresses.js';
import { documentedSite } from '../../model/site/documented.js';
import { Applications } from '../applications/applications.js';
import { Cloud } from '../cloud/cloud.js';
import { LabClock } from '../devices/lab-clock.js';
import { Pki } from '../pki/pki.js';
import { Visitor } from '../users/visitor.js';
import { Connector } from './connector.js';
import { CertificateFacts } from './trust/certificate-facts.js';

const startAt = Date.UTC(2026, 5, 1);

/** One connector in the documented site, anew for every test of a file. */
export class ConnectorLab {
  readonly site = documentedSite();
  events: EventBody[] = [];
  pki!: Pki;
  fabric!: Fabric;
  clock!: LabClock;
  cloud!: Cloud;
  connector!: Connector;
  #users!: Visitor;
  #pairs!: SocketPairs;
  // As in a run, where labs share what is known of the certificates that they share.
  readonly #certificates = new CertificateFacts();

  constructor() {
    beforeAll(async () => {
      [this.#pairs, this.pki] = await Promise.all([SocketPairs.open(), Pki.create(startAt)]);
    });
    beforeEach(() => this.#open());
  }

  /** Returns what closes it. */
  async #open(): Promise<() => Promise<void>> {
    const { pki, site } = this;
    const [server] = site.servers;
    if (!server) throw new Error('the documented site has a server');
    this.events = [];
    this.clock = new LabClock(startAt);
    this.fabric = new Fabric(this.#pairs);
    const emit = (_: string, event: EventBody) => `e${this.events.push(event)}`;
    const network = new Network({ fabric: this.fabric, clock: this.clock, emit }, site);
    this.cloud = await Cloud.start({ stack: network.internet('cloud'), site, pki });
    this.#users = new Visitor({ stack: network.internet('user'), roots: pki.roots, site: () => site });
    const applications = new Applications(network.internet('applications'));
    await network.install(site, this.cloud.zone, undefined);
    await applications.setSite(site, siteAddresses(site).applications);
    const stack = network.server(server.name);
    const certificates = this.#certificates;
    this.connector = new Connector({ stack, server, site, roots: pki.roots, certificates });
    return async () => {
      for (const one of [this.connector, this.fabric, this.cloud, applications])
        await one[Symbol.asyncDispose]();
    };
  }

  seen<K extends EventKind>(kind: K): Extract<EventBody, { kind: K }>[] {
    return this.events.filter((event): event is Extract<EventBody, { kind: K }> => event.kind === kind);
  }

  /** How each operation ended. */
  async perform(...operations: Operation[]): Promise<string[]> {
    const before = this.seen('operation').length;
    for (const operation of operations) await this.connector.perform(operation);
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

  /** The page that a user sees. */
  async visit(): Promise<string | undefined> {
    await this.#users.visit(this.site.applications[0]?.external ?? '');
    await this.connector.idle();
    return this.seen('visit').at(-1)?.page;
  }

  /** Puts something of the test's own where a host of the cloud was. */
  replace(host: string, port: number, accept: (socket: Socket) => void): void {
    const at = this.cloud.zone.find(({ name }) => name === host);
    if (!at) throw new Error(`the cloud has no ${host}`);
    this.fabric.listen(at.address, port, ({ socket }) => accept(socket));
  }

  /** As {@link replace}, behind the host's own certificate. */
  async replaceSecure(host: string, accept: (socket: TLSSocket) => void): Promise<void> {
    const { keyPem, chainPem } = await this.pki.leaf(host);
    const secureContext = createSecureContext({ key: keyPem, cert: chainPem });
    this.replace(host, 443, (socket) => {
      const secure = new TLSSocket(socket, { isServer: true, secureContext });
      secure.on('error', () => secure.destroy());
      accept(secure);
    });
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
