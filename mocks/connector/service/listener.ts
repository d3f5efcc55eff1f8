import type { NetworkStack } from '../../network.js';
import type { BootstrapResponse } from '../../protocol/bootstrap/response.js';
import type { Report, Signal } from '../../protocol/signalling.js';
import { toFailure } from '../classify.js';
import { Failure } from '../failure.js';
import type { Identity } from '../identity.js';
import type { Transport } from '../transport.js';
import type { WindowsHost } from '../windows-host.js';
import { type Delivered, deliver } from './delivery.js';
import { Namespace } from './namespace.js';
import { Slots } from './slots.js';

export interface ListenerOptions {
  stack: NetworkStack;
  transport: Transport;
  host: WindowsHost;
  /** As it is when a request comes: certificates are renewed while the service listens. */
  identity(): Identity;
  settings: BootstrapResponse;
  /** A request that a signal announced has ended, well or not. */
  onDelivered(delivered: Delivered): void;
}

/** What Windows gives a service to stop. Real time, milliseconds: others answer, or they do not. */
const stopMs = 30_000;

/** Signalling: a control connection at every namespace that bootstrap named, and what they announce. */
export class Listener {
  readonly #namespaces: readonly Namespace[];
  readonly #work = new Set<Promise<void>>();
  readonly #connections: Slots;
  /** What no control connection was open for. */
  #unreported: Report[] = [];

  constructor(private readonly options: ListenerOptions) {
    this.#connections = new Slots(options.settings.connectionLimit);
    this.#namespaces = options.settings.endpoints.map(
      (endpoint) =>
        new Namespace({
          ...options,
          endpoint,
          onSignal: (signal) => this.#take(signal),
          onOpen: () => this.#reportAll(),
        }),
    );
  }

  get isListening(): boolean {
    return this.#namespaces.some(({ isOpen }) => isOpen);
  }

  /** Listens at every namespace; the others go on trying. @throws Failure where none can be listened at */
  async listen(): Promise<void> {
    let first: Failure | undefined;
    for (const namespace of this.#namespaces)
      await namespace.open().catch((error: unknown) => {
        if (!(error instanceof Failure)) throw error;
        first ??= error;
      });
    if (first && !this.isListening) throw first;
  }

  /** Ends when every request that was announced has ended. */
  async idle(): Promise<void> {
    while (this.#work.size > 0) await Promise.all(this.#work);
  }

  /** The service is stopped: no more is announced to it, and what was announced it still does. */
  async stop(): Promise<void> {
    // Whoever does not agree in time is left.
    const late = new Promise<void>((resolve) => setTimeout(resolve, stopMs).unref());
    await Promise.race([Promise.all(this.#namespaces.map((namespace) => namespace.leave())), late]);
    await this.idle();
    this.close();
  }

  close(): void {
    for (const namespace of this.#namespaces) namespace.close();
  }

  #take(signal: Signal): void {
    const work = this.#connections
      .run(() => deliver({ ...this.options, identity: this.options.identity() }, signal))
      .then(
        () => this.#delivered(signal, { ok: true }),
        (error: unknown) => this.#delivered(signal, { ok: false, failure: toFailure(error, {}) }),
      )
      .finally(() => this.#work.delete(work));
    this.#work.add(work);
  }

  #delivered({ RelayId }: Signal, delivered: Delivered): void {
    this.options.onDelivered(delivered);
    this.#unreported.push({ RelayId, Delivered: delivered.ok });
    this.#reportAll();
  }

  #reportAll(): void {
    const namespace = this.#namespaces.find(({ isOpen }) => isOpen);
    if (namespace) for (const report of this.#unreported.splice(0)) namespace.report(report);
  }
}
