import { randomUUID } from 'node:crypto';
import type { AmqpError, EventContext, Sender } from 'rhea';
import { WebSocket } from 'ws';
import type { Connection } from '../../network.js';
import { type AmqpConnection, connectAmqp } from '../../protocol/amqp/over-websocket.js';
import type { SignallingEndpoint } from '../../protocol/bootstrap/response.js';
import { makeSas } from '../../protocol/sas.js';
import {
  controlProtocol,
  type LinkProperties,
  linkAddress,
  type Report,
  readSignal,
  type Signal,
} from '../../protocol/signalling.js';
import { ProtocolError } from '../../protocol/xml.js';
import { type Call, placeOf } from '../call.js';
import { Failure } from '../failure.js';
import type { Transport } from '../transport.js';
import { lostBy, type OpenSocket, openWebSocket } from './signalling.js';

/** A clock may be off by so much before a refused token is put down to it. */
const toleranceMs = 5 * 60_000;

export interface ControlOptions {
  transport: Transport;
  call: Call;
  endpoint: SignallingEndpoint;
  /** This machine's clock, milliseconds since 1970. */
  now(): number;
  /** How long a token is good, milliseconds. */
  tokenMs: number;
  onSignal(signal: Signal): void;
  /** The connection is over, and nobody here has closed it. */
  onEnd(): void;
}

/** The connector's end of one control connection: AMQP with a link each way (connector-facts 1.6). */
export class ControlConnection {
  readonly connection: Connection;
  readonly #socket: WebSocket;
  readonly #amqp: AmqpConnection;
  readonly #out: Sender;
  #state: 'opening' | 'open' | 'over' = 'opening';
  /** Whoever waits for the relay to answer. */
  #waiting: { resolve(): void; reject(error: Error): void } | undefined;

  private constructor(
    private readonly options: ControlOptions,
    private readonly opened: OpenSocket,
  ) {
    const { endpoint } = options;
    const { socket, connection } = opened;
    this.connection = connection;
    this.#socket = socket;
    this.#amqp = connectAmqp(
      socket,
      {
        container_id: `RelayConnection_${randomUUID()}`,
        hostname: `${endpoint.namespace}-relay.${endpoint.domain}`,
      },
      { onEmptyFrame: () => this.#answered(), onEnd: (problem) => this.#end(problem) },
    );
    const { amqp } = this.#amqp;
    amqp.on('connection_close', () => this.#end());
    amqp.on('sender_error', ({ sender }: EventContext) => this.#refused(sender?.error));
    amqp.on('receiver_error', ({ receiver }: EventContext) => this.#refused(receiver?.error));
    amqp.on('message', ({ message }: EventContext) => this.#take(message?.body));
    // The relay lets us send once it has accepted both links.
    amqp.once('sendable', () => this.#answered());
    const session = amqp.create_session();
    session.begin();
    const link = `RelayLink_${randomUUID()}`;
    const address = linkAddress(`${endpoint.namespace}.${endpoint.domain}`, endpoint.servicePath);
    const properties = this.#linkProperties();
    this.#out = session.attach_sender({ name: `${link}:out`, target: { address }, properties });
    session.attach_receiver({ name: `${link}:in`, source: { address }, properties });
  }

  /** @throws Failure, NetworkError */
  static async open(options: ControlOptions): Promise<ControlConnection> {
    const opened = await openWebSocket(options.transport, options.call, controlProtocol);
    const control = new ControlConnection(options, opened);
    await control.#answer();
    control.#state = 'open';
    return control;
  }

  get isOpen(): boolean {
    return this.#state === 'open';
  }

  /** Sends an empty frame; ends when the relay has answered. @throws the error that ended the connection */
  async keepAlive(): Promise<void> {
    const answer = this.#answer();
    this.#amqp.sendEmptyFrame();
    await answer;
  }

  report(report: Report): void {
    this.#out.send({ body: report });
  }

  /** Closes as both sides agree; ends when the connection is gone. */
  async close(): Promise<void> {
    this.#state = 'over';
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    const closed = new Promise<void>((resolve) => this.#socket.once('close', () => resolve()));
    this.#amqp.amqp.close();
    await closed;
  }

  terminate(): void {
    this.#state = 'over';
    this.#socket.terminate();
  }

  #answer(): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#socket.readyState === WebSocket.OPEN) this.#waiting = { resolve, reject };
      else reject(lostBy(this.connection));
    });
  }

  #answered(): void {
    this.#waiting?.resolve();
    this.#waiting = undefined;
  }

  #end(problem?: Error): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    const wasOpen = this.#state === 'open';
    this.#state = 'over';
    waiting?.reject(
      problem ? this.#failure('what came is not signalling', problem) : lostBy(this.connection),
    );
    // Who waits for an answer learns it from there.
    if (wasOpen && !waiting) this.options.onEnd();
  }

  #refused(error: AmqpError | Error | undefined): void {
    const { condition = '', description = '' } = (error ?? {}) as AmqpError;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.reject(
      condition === 'amqp:unauthorized-access'
        ? this.#unauthorized(description)
        : this.#failure(`the relay refused the link: ${description || condition}`),
    );
    this.#socket.terminate();
  }

  #unauthorized(description: string): Failure {
    const off = this.options.now() - this.opened.serviceTime;
    return Math.abs(off) > toleranceMs
      ? this.#failure(
          `the token was refused; this clock is ${Math.round(off / 60_000)} minutes off the service's`,
          undefined,
          'clock-skew',
        )
      : this.#failure(`the token was refused: ${description}`, undefined, 'http-unauthorized');
  }

  #failure(message: string, cause?: Error, result: Failure['result'] = 'refused-by-service'): Failure {
    const facts = { ...placeOf(this.options.call.url), connection: this.connection.id };
    return new Failure(result, message, facts, { cause });
  }

  #take(body: unknown): void {
    try {
      this.options.onSignal(readSignal(body));
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#socket.close(1003, 'a message that is not of the protocol');
    }
  }

  #linkProperties(): LinkProperties {
    const { endpoint, now, tokenMs } = this.options;
    const uri = `http://${endpoint.namespace}.${endpoint.domain}/${endpoint.servicePath}/`;
    return {
      'com.microsoft:swt': makeSas(
        uri,
        endpoint.sharedAccessKey,
        endpoint.sharedAccessKeyName,
        now() + tokenMs,
      ),
      'com.microsoft:client-agent': 'ServiceBus/3.0.51093.14;',
      'com.microsoft:dynamic-relay': false,
      'com.microsoft:listener-type': 'RelayedConnection',
      'com.microsoft:tracking-id': randomUUID(),
    };
  }
}
