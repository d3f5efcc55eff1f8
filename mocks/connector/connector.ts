import type { Operation, WindowsService } from '../../model/evidence/vocabulary.js';
import type { Server, Site } from '../../model/site/schema.js';
import type { NetworkStack } from '../network.js';
import type { TrustedRoot } from '../pki/pki.js';
import { Failure, ignoreFailure } from './failure.js';
import type { Identity, Installation } from './identity.js';
import { Installer } from './installer/installer.js';
import { Missing } from './missing.js';
import { checkSeen } from './revocation/check-seen.js';
import type { Delivered } from './service/delivery.js';
import { Listener } from './service/listener.js';
import { Reporter } from './service/reporter.js';
import { Tunnel } from './service/tunnel.js';
import { Transport } from './transport.js';
import { CertificateFacts } from './trust/certificate-facts.js';
import { RootStore } from './trust/root-store.js';
import { lookForUpdate } from './updater/updater.js';
import { WindowsHost } from './windows-host.js';

export interface ConnectorOptions {
  stack: NetworkStack;
  server: Server;
  site: Site;
  /** What up-to-date machines trust. */
  roots: readonly TrustedRoot[];
  /** What is known of certificates; labs of one run share it, because they meet the same ones. */
  certificates?: CertificateFacts;
  /** Authorities that the server's administrator has made trusted: an inspecting one, the customer's own. */
  addedRoots?: readonly TrustedRoot[];
}

/** The connector software of one server: installer, connector service, updater. */
export class Connector implements AsyncDisposable {
  readonly #stack: NetworkStack;
  readonly #transport: Transport;
  readonly #installer: Installer;
  readonly #reporter: Reporter;
  #host: WindowsHost;
  readonly #store: RootStore;
  #installed = false;
  #token: string | undefined;
  #identity: Identity | undefined;
  /** Of the registration before the present one. */
  #earlier: Identity | undefined;
  #listener: Listener | undefined;
  #tunnel: Tunnel | undefined;
  #delivered: Delivered[] = [];
  /** A version that the updater has installed, and that runs from the next start of the service. */
  #newer: string | undefined;

  constructor(options: ConnectorOptions) {
    const { stack } = options;
    this.#stack = stack;
    this.#host = new WindowsHost(options.server, options.site);
    const host = () => this.#host;
    this.#store = new RootStore({ host, published: options.roots, transport: () => this.#transport });
    this.#store.added = options.addedRoots ?? [];
    const names = () => this.#host.names;
    this.#transport = new Transport({
      stack,
      certificates: options.certificates ?? new CertificateFacts(),
      host,
      roots: () => this.#store.roots,
      refreshRoots: (call) => this.#store.refresh(call),
    });
    this.#installer = new Installer(stack, this.#transport, host, names);
    this.#reporter = new Reporter({
      stack,
      transport: this.#transport,
      host,
      names,
      identity: () => this.#shown(),
      renewed: (identity) => {
        this.#identity = identity;
      },
      updateRequired: () => this.#update(),
    });
  }

  /** Attempts an operation. However it ends, it ends in evidence: attempts, and one `operation` event. */
  async perform(operation: Operation): Promise<void> {
    try {
      await this.#do(operation);
      this.#stack.emit({ kind: 'operation', operation, outcome: 'ok' });
    } catch (error) {
      if (error instanceof Missing) {
        this.#stack.emit({
          kind: 'operation',
          operation,
          outcome: 'not-attempted',
          prerequisite: error.prerequisite,
        });
        return;
      }
      if (!(error instanceof Failure)) throw error;
      const { host, port, connection, because } = error.facts;
      this.#stack.emit({
        kind: 'operation',
        operation,
        outcome: error.result,
        detail: error.message,
        ...(host && { host }),
        ...(port && { port }),
        ...(connection && { connection }),
        ...(because && { because }),
      });
    }
  }

  /**
   * The server or its site has changed: open connections are gone and caches are empty; what is
   * stored on disk (installation, certificate) stays.
   */
  setSite(server: Server, site: Site, addedRoots: readonly TrustedRoot[]): void {
    this.#host = new WindowsHost(server, site);
    this.#store.added = addedRoots;
    this.#store.forget();
    this.#newer = undefined;
    this.#transport.revocation.forget();
    this.#transport.issuers.forget();
    this.#disconnect();
    if (!this.#host.isRunning('connector')) this.#reporter.stop();
  }

  /** What this server has on disk. */
  get installation(): Installation {
    return this.#identity ? { identity: this.#identity } : {};
  }

  /** Another server's disk comes in place of this one's; the services start from it. */
  take({ identity }: Installation): void {
    this.#disconnect();
    this.#reporter.stop();
    this.#identity = identity;
    this.#earlier = undefined;
    this.#token = undefined;
  }

  /** Somebody starts or stops a Windows service; one that is stopped ends what it has begun. */
  async service(service: WindowsService, to: 'start' | 'stop'): Promise<void> {
    const { server, site } = this.#host;
    const others = server.stopped.filter((one) => one !== service);
    this.#host = new WindowsHost({ ...server, stopped: to === 'stop' ? [...others, service] : others }, site);
    if (service === 'connector' && to === 'stop') {
      this.#reporter.stop();
      await this.#listener?.stop();
      this.#disconnect();
    }
    this.#stack.emit({ kind: 'service', service, state: to === 'stop' ? 'stopped' : 'running' });
  }

  /** Ends when every announced request has ended. */
  async idle(): Promise<void> {
    await Promise.all([this.#listener?.idle(), this.#tunnel?.idle()]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#reporter.stop();
    this.#disconnect();
    await this.idle();
  }

  async #do(operation: Operation): Promise<void> {
    switch (operation) {
      case 'install':
        await this.#installer.install();
        this.#installed = true;
        return;
      case 'sign-in':
        if (!this.#installed) throw new Missing('install');
        this.#token = await this.#installer.signIn();
        return;
      case 'register':
        if (!this.#token) throw new Missing('sign-in');
        return this.#register(this.#token);
      case 'bootstrap':
        this.#needIdentity();
        this.#needService('connector');
        this.#startNewer();
        return this.#reporter.bootstrap();
      case 'listen':
        return this.#listen();
      case 'deliver':
        return this.#tellDelivered();
      case 'renew':
        this.#needIdentity();
        this.#needService('connector');
        return this.#reporter.renew();
      case 'update':
        this.#needService('updater');
        this.#newer = await lookForUpdate(this.#stack, this.#transport, this.#host, this.#shown());
        return;
      case 'revocation-check':
        return checkSeen(this.#transport, this.#host.connectorAccount);
      case 'tunnel':
        this.#needService('connector');
        return this.#openTunnel();
    }
  }

  async #register(token: string): Promise<void> {
    const registered = await this.#installer.register(token);
    this.#earlier = this.#identity;
    this.#identity = registered;
  }

  async #listen(): Promise<void> {
    this.#needIdentity();
    this.#needService('connector');
    const { settings } = this.#reporter;
    if (!settings) throw new Missing('bootstrap');
    this.#listener?.close();
    const listener = new Listener({
      stack: this.#stack,
      transport: this.#transport,
      host: this.#host,
      identity: () => this.#shown(),
      settings,
      onDelivered: (delivered) => this.#delivered.push(delivered),
    });
    this.#listener = listener;
    await listener.listen();
  }

  /** The service wants a newer version: the updater, where it runs, fetches it and starts the service anew. */
  async #update(): Promise<void> {
    if (!this.#host.isRunning('updater')) return;
    const found = lookForUpdate(this.#stack, this.#transport, this.#host, this.#shown());
    // Its own attempt is in evidence; the report that asked for it has worked all the same.
    this.#newer = await found.catch((error: unknown) => {
      ignoreFailure(error);
      return undefined;
    });
    this.#startNewer();
  }

  /** @throws Failure */
  async #openTunnel(): Promise<void> {
    this.#tunnel?.close();
    this.#tunnel = undefined;
    const identity = this.#shown();
    this.#tunnel = await Tunnel.open({ transport: this.#transport, host: this.#host, identity });
  }

  /** The service starts with what the updater has installed. */
  #startNewer(): void {
    if (!this.#newer) return;
    const { server, site } = this.#host;
    this.#host = new WindowsHost({ ...server, connector: this.#newer }, site);
    this.#newer = undefined;
  }

  /** How the requests went that users have made since the last time. */
  #tellDelivered(): void {
    const delivered = this.#delivered;
    this.#delivered = [];
    if (delivered.length === 0)
      throw new Missing(this.#listener?.isListening ? "a user's request" : 'listen');
    for (const one of delivered) if (!one.ok) throw one.failure;
  }

  #needIdentity(): Identity {
    if (!this.#identity) throw new Missing('register');
    return this.#identity;
  }

  /** Who it is, and the certificate that its trust settings lead to: perhaps one that was left over. */
  #shown(): Identity {
    const own = this.#needIdentity();
    if (this.#host.server['trust-settings'] === 'own' || !this.#earlier) return own;
    const { certificatePem, keyPem } = this.#earlier;
    return { ...own, certificatePem, keyPem };
  }

  #needService(service: WindowsService): void {
    const met = this.#host.isRunning(service);
    this.#stack.emit({ kind: 'service', service, state: met ? 'running' : 'stopped' });
    if (met) return;
    this.#stack.emit({
      kind: 'prerequisite',
      fact: 'services-running',
      found: `${service} stopped`,
      needed: 'running',
      met,
    });
    throw new Missing(`the ${service} service running`);
  }

  /** Signalling and the tunnel: everything that the service keeps open. */
  #disconnect(): void {
    this.#listener?.close();
    this.#listener = undefined;
    this.#tunnel?.close();
    this.#tunnel = undefined;
  }
}
