import type { NetworkStack, Timer } from '../../network.js';
import type { BootstrapResponse, SignallingEndpoint } from '../../protocol/bootstrap/response.js';
import { type Report, type Signal, signallingPath } from '../../protocol/signalling.js';
import { type Call, placeOf } from '../call.js';
import { toFailure } from '../classify.js';
import { Failure, ignoreFailure } from '../failure.js';
import type { Transport } from '../transport.js';
import type { WindowsHost } from '../windows-host.js';
import { ControlConnection } from './control-connection.js';

/**
 * Lab time before each try to listen again. The waits of Microsoft's own relay listener; it then stays
 * at half a minute, ours at the report's interval, since lab time passes by months.
 */
const reconnectDelaysMs = [0, 1000, 2000, 5000, 10_000, 30_000];

export interface NamespaceOptions {
  stack: NetworkStack;
  transport: Transport;
  host: WindowsHost;
  settings: BootstrapResponse;
  endpoint: SignallingEndpoint;
  onSignal(signal: Signal): void;
  onOpen(): void;
}

/** One namespace: its control connection opened, kept alive, renewed, and opened again when it is lost. */
export class Namespace {
  #control: ControlConnection | undefined;
  #again: Timer | undefined;
  #keepAlive: Timer | undefined;
  #lease: Timer | undefined;
  #closed = false;

  constructor(private readonly options: NamespaceOptions) {}

  get isOpen(): boolean {
    return this.#control?.isOpen ?? false;
  }

  /** Opens the control connection; where that fails, goes on trying. @throws Failure */
  async open(): Promise<void> {
    try {
      await this.#open();
    } catch (error) {
      this.#retry(1);
      throw error;
    }
  }

  report(report: Report): void {
    this.#control?.report(report);
  }

  close(): void {
    this.#end();
    this.#control?.terminate();
    this.#control = undefined;
  }

  /** Leaves as both sides agree, so that nothing that was announced is lost; ends when the connection is gone. */
  async leave(): Promise<void> {
    this.#end();
    await this.#control?.close();
  }

  #end(): void {
    this.#closed = true;
    for (const timer of [this.#again, this.#keepAlive, this.#lease]) timer?.cancel();
  }

  async #open(): Promise<void> {
    const { transport, stack, settings, endpoint, onSignal, onOpen } = this.options;
    const call = this.#call('listen for requests');
    const control: ControlConnection = await transport.noted(call, () =>
      ControlConnection.open({
        transport,
        call,
        endpoint,
        now: () => stack.clock.now(),
        tokenMs: settings.signalling.tokenMs,
        onSignal,
        onEnd: () => {
          if (this.#control === control) this.#retry(0);
        },
      }),
    );
    if (this.#closed) return control.terminate();
    this.#control = control;
    this.#wakeUp(control);
    this.#renew(control);
    onOpen();
  }

  #call(purpose: string): Call {
    const { endpoint, host } = this.options;
    return {
      operation: 'listen',
      purpose,
      account: host.connectorAccount,
      stack: 'service',
      url: new URL(`https://${endpoint.namespace}.${endpoint.domain}${signallingPath}`),
    };
  }

  /** Opens again after a while of lab time, longer with each failure. */
  #retry(failures: number): void {
    if (this.#closed) return;
    this.#control = undefined;
    for (const timer of [this.#again, this.#keepAlive, this.#lease]) timer?.cancel();
    const { stack, settings } = this.options;
    const wait = reconnectDelaysMs[failures] ?? settings.periodicBootstrapIntervalMs;
    this.#again = stack.clock.after(wait, async () => {
      try {
        await this.#open();
      } catch (error) {
        // The attempt is in evidence already; anything else is a fault of the lab.
        if (!(error instanceof Failure)) throw error;
        this.#retry(failures + 1);
      }
    });
  }

  /** Sends a frame after each interval of lab time; silence in return means the connection is gone. */
  #wakeUp(control: ControlConnection): void {
    const { stack, settings } = this.options;
    this.#keepAlive = stack.clock.after(settings.signalling.keepAliveMs, async () => {
      if (this.#control !== control) return;
      try {
        await control.keepAlive();
        if (this.#control === control) this.#wakeUp(control);
      } catch (error) {
        await this.#lost(control, error);
      }
    });
  }

  /** After its lease a connection is opened anew, and only then the old one is closed. */
  #renew(control: ControlConnection): void {
    const { stack, settings } = this.options;
    this.#lease = stack.clock.after(settings.signalling.leaseMs, async () => {
      if (this.#control !== control) return;
      this.#keepAlive?.cancel();
      try {
        await this.#open();
        await control.close();
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        control.terminate();
        this.#retry(1);
      }
    });
  }

  async #lost(control: ControlConnection, error: unknown): Promise<void> {
    control.terminate();
    if (this.#control !== control) return;
    const call = this.#call('keep the signalling connection alive');
    const failure = toFailure(error, { ...placeOf(call.url), connection: control.connection.id });
    await this.options.transport.noted(call, () => Promise.reject(failure)).catch(ignoreFailure);
    this.#retry(0);
  }
}
