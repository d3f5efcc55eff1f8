import type { NetworkStack, Timer } from '../../network.js';
import type { BootstrapResponse, SignallingEndpoint } from '../../protocol/bootstrap.js';
import { makeSas } from '../../protocol/sas.js';
import { controlProtocol, signallingPath } from '../../protocol/signalling.js';
import { type Call, placeOf } from '../call.js';
import { toFailure } from '../classify.js';
import { Failure, ignoreFailure } from '../failure.js';
import type { Identity } from '../identity.js';
import type { Transport } from '../transport.js';
import type { WindowsHost } from '../windows-host.js';
import { type Delivered, deliver } from './delivery.js';
import { nextFrame, type OpenSocket, openWebSocket, readFrame, sendFrame } from './signalling.js';

/** How long a signalling token is good, milliseconds (connector-facts 1.4). */
const tokenMs = 3_600_000;

/**
 * Lab time before each try to listen again. The waits of Microsoft's own relay listener; it then stays
 * at half a minute, ours at the report's interval, since lab time passes by months.
 */
const reconnectDelaysMs = [0, 1000, 2000, 5000, 10_000, 30_000];

export interface ListenerOptions {
  stack: NetworkStack;
  transport: Transport;
  host: WindowsHost;
  identity: Identity;
  settings: BootstrapResponse;
  /** A request that a signal announced has ended, well or not. */
  onDelivered(delivered: Delivered): void;
}

/** The signalling connection: opened, kept alive, opened again when it is lost, and what it announces. */
export class Listener {
  #open: OpenSocket | undefined;
  #timer: Timer | undefined;
  #closed = false;
  readonly #work = new Set<Promise<void>>();

  constructor(private readonly options: ListenerOptions) {}

  get isListening(): boolean {
    return this.#open !== undefined;
  }

  /** @throws Failure */
  async listen(): Promise<void> {
    const [endpoint] = this.options.settings.endpoints;
    if (!endpoint) return;
    const call = this.#call(endpoint);
    const open = await this.options.transport.noted(call, async () => {
      const opened = await openWebSocket(this.options.transport, call, controlProtocol, () =>
        this.options.stack.clock.now(),
      );
      const listening = nextFrame(opened, 'listening');
      sendFrame(opened, { type: 'listen', connectorId: this.options.identity.connectorId });
      await listening;
      return opened;
    });
    if (this.#closed) return open.socket.terminate();
    this.#open = open;
    open.socket.on('message', (data) => this.#take(open, data));
    open.socket.once('close', () => {
      if (this.#open !== open) return;
      this.#open = undefined;
      this.#again(0);
    });
    this.#keepAlive(open, call);
  }

  /** Listens again after a while of lab time, longer with each failure. */
  #again(failures: number): void {
    if (this.#closed) return;
    this.#timer?.cancel();
    const wait = reconnectDelaysMs[failures] ?? this.options.settings.periodicBootstrapIntervalMs;
    this.#timer = this.options.stack.clock.after(wait, async () => {
      try {
        await this.listen();
      } catch (error) {
        // The attempt is in evidence already; anything else is a fault of the lab.
        if (!(error instanceof Failure)) throw error;
        this.#again(failures + 1);
      }
    });
  }

  /** Ends when every request that was announced has ended. */
  async idle(): Promise<void> {
    while (this.#work.size > 0) await Promise.all(this.#work);
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
    this.#open?.socket.terminate();
    this.#open = undefined;
  }

  #call(endpoint: SignallingEndpoint): Call {
    const host = `${endpoint.namespace}.${endpoint.domain}`;
    const expires = this.options.stack.clock.now() + tokenMs;
    const uri = `http://${host}/${endpoint.servicePath}/`;
    const token = makeSas(uri, endpoint.sharedAccessKey, endpoint.sharedAccessKeyName, expires);
    return {
      operation: 'listen',
      purpose: 'listen for requests',
      account: this.options.host.connectorAccount,
      stack: 'service',
      url: new URL(`https://${host}${signallingPath}`),
      headers: { ServiceBusAuthorization: token },
    };
  }

  /** Sends a frame after each interval of lab time; silence in return means the connection is gone. */
  #keepAlive(open: OpenSocket, call: Call): void {
    this.#timer = this.options.stack.clock.after(this.options.settings.signallingKeepAliveMs, async () => {
      if (this.#closed || this.#open !== open) return;
      try {
        const answer = nextFrame(open, 'keep-alive');
        sendFrame(open, { type: 'keep-alive' });
        await answer;
        this.#keepAlive(open, call);
      } catch (error) {
        await this.#lost(open, call, error);
      }
    });
  }

  async #lost(open: OpenSocket, call: Call, error: unknown): Promise<void> {
    this.#open = undefined;
    open.socket.terminate();
    const { purpose: _, ...rest } = call;
    const failure = toFailure(error, { ...placeOf(call.url), connection: open.connection.id });
    await this.options.transport
      .noted({ ...rest, purpose: 'keep the signalling connection alive' }, () => Promise.reject(failure))
      .catch(ignoreFailure);
    this.#again(0);
  }

  #take(open: OpenSocket, data: unknown): void {
    const frame = readFrame(data);
    if (!frame) open.socket.terminate();
    if (frame?.type !== 'signal') return;
    const work = deliver(this.options, frame)
      .then(
        () => this.#delivered(open, frame.relayId, { ok: true }),
        (error: unknown) =>
          this.#delivered(open, frame.relayId, { ok: false, failure: toFailure(error, {}) }),
      )
      .finally(() => this.#work.delete(work));
    this.#work.add(work);
  }

  #delivered(open: OpenSocket, relayId: string, delivered: Delivered): void {
    this.options.onDelivered(delivered);
    sendFrame(open, { type: 'done', relayId, delivered: delivered.ok });
  }
}
