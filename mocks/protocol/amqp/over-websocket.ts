import { EventEmitter } from 'node:events';
import rhea, { type Connection, type ConnectionOptions, type Session } from 'rhea';
import { type RawData, WebSocket } from 'ws';
import { ProtocolError } from '../xml.js';
import { emptyFrame, Framing, maxFrameSize } from './framing.js';

/** What one side may leave unfinished, bytes: parts of messages whose end has not come. */
const largestUnfinished = 4 * maxFrameSize;
/** So much may wait for a peer that does not read, bytes. */
const mostUnread = 64 * maxFrameSize;
/** Sessions of a connection, links of a session. */
const mostEndpoints = 16;
/** Deliveries under way in one session, each way (connector-facts 1.6). */
const sessionWindow = 5000;

const limits = { max_frame_size: maxFrameSize, channel_max: 8191, session_buffer_size: sessionWindow };

/** What an open frame says (connector-facts 1.6). */
export interface AmqpOpening {
  container_id: string;
  hostname?: string;
}

export interface AmqpOptions {
  /** The peer sent the empty frame that keeps the connection alive. */
  onEmptyFrame(): void;
  /** The connection is over; `problem` where what came is not AMQP. Called once. */
  onEnd(problem?: Error): void;
}

/** AMQP over one WebSocket, in binary messages (connector-facts 1.6). */
export interface AmqpConnection {
  amqp: Connection;
  sendEmptyFrame(): void;
}

/** Begins AMQP as the side that opened the WebSocket, with SASL EXTERNAL. */
export function connectAmqp(socket: WebSocket, opening: AmqpOpening, options: AmqpOptions): AmqpConnection {
  const wire = new AmqpWire(socket, options);
  const amqp = rhea.create_container().create_connection({
    ...opening,
    ...limits,
    reconnect: false,
    sasl_mechanisms: {
      EXTERNAL: () => ({
        start: (done: (error: undefined, response: string) => void) => done(undefined, ''),
      }),
    },
    connection_details: () => ({
      host: '',
      port: 0,
      connect: (_port: number, _host: string, _options: unknown, connected: () => void) => {
        process.nextTick(connected);
        return wire;
      },
    }),
  } as unknown as ConnectionOptions);
  guard(amqp, wire);
  amqp.connect();
  return { amqp, sendEmptyFrame: () => wire.write(emptyFrame) };
}

/** Begins AMQP as the side that accepted the WebSocket; whoever came through TLS may say EXTERNAL. */
export function acceptAmqp(socket: WebSocket, opening: AmqpOpening, options: AmqpOptions): AmqpConnection {
  const wire = new AmqpWire(socket, options);
  const container = rhea.create_container();
  Object.assign(container.sasl_server_mechanisms, {
    EXTERNAL: () => ({
      outcome: undefined as boolean | undefined,
      start() {
        this.outcome = true;
      },
    }),
  });
  const amqp = container.create_connection({ ...opening, ...limits } as ConnectionOptions);
  guard(amqp, wire);
  (amqp as unknown as { accept(wire: AmqpWire): void }).accept(wire);
  return { amqp, sendEmptyFrame: () => wire.write(emptyFrame) };
}

/** The socket that rhea wants. rhea's own wrapper knows neither limits nor keep-alives without timers. */
class AmqpWire extends EventEmitter {
  readonly #framing = new Framing();
  #ended = false;

  constructor(
    private readonly socket: WebSocket,
    private readonly options: AmqpOptions,
  ) {
    super();
    socket.on('message', (data: RawData, isBinary: boolean) => this.#take(data, isBinary));
    socket.once('close', () => this.#end());
  }

  /** What came is not AMQP as it should be. */
  refuse(code: number, problem: Error): void {
    this.socket.close(code, problem.message.slice(0, 100));
    this.#end(problem);
  }

  write(bytes: Buffer): void {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    if (this.socket.bufferedAmount > mostUnread) this.socket.terminate();
    else this.socket.send(bytes);
  }

  end(): void {
    this.socket.close();
  }

  get_id_string(): string {
    return 'websocket';
  }

  #take(data: RawData, isBinary: boolean): void {
    if (this.#ended) return;
    if (!isBinary) {
      this.refuse(1003, new ProtocolError('AMQP is binary'));
      return;
    }
    try {
      for (const unit of this.#framing.take(data as Buffer)) {
        if (unit.equals(emptyFrame)) this.options.onEmptyFrame();
        else this.emit('data', unit);
      }
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.refuse(1002, error);
    }
  }

  #end(problem?: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    this.emit('end');
    this.options.onEnd(problem);
  }
}

/**
 * rhea trusts its peer: an error that nobody listens for is thrown or printed, what a peer named wrongly
 * is encoded again in a later tick, a disposition of four billion deliveries is gone through one by one,
 * and sessions, links and parts of messages are kept without end. Whoever does such a thing loses the
 * connection, and nobody else.
 */
function guard(amqp: Connection, wire: AmqpWire): void {
  const refuse = (error: unknown) =>
    wire.refuse(1002, new ProtocolError('not AMQP as it should be', { cause: error }));
  const quiet = () => {};
  for (const name of ['error', 'protocol_error']) amqp.on(name, refuse);
  for (const name of ['connection_error', 'session_error', 'receiver_error', 'sender_error', 'disconnected'])
    amqp.on(name, quiet);
  const inner = amqp as unknown as { _process(): void; create_session(): Session };
  const process = inner._process.bind(amqp);
  inner._process = () => {
    try {
      process();
    } catch (error) {
      refuse(error);
    }
  };
  const create = inner.create_session.bind(amqp);
  let sessions = 0;
  inner.create_session = (...given) => {
    if (++sessions > mostEndpoints) throw new Error('too many sessions');
    const session = create(...given);
    limit(session);
    return session;
  };
}

interface Frame {
  performative: { first: number; last?: number; more?: boolean };
  payload?: Buffer;
}

function limit(session: Session): void {
  Object.assign((session as unknown as { local: { begin: object } }).local.begin, { handle_max: 262_143 });
  const inner = session as unknown as Record<
    'on_disposition' | 'on_attach' | 'on_transfer',
    (frame: Frame) => void
  >;
  const before = (name: keyof typeof inner, check: (frame: Frame) => void) => {
    const take = inner[name].bind(session);
    inner[name] = (frame) => {
      check(frame);
      take(frame);
    };
  };
  before('on_disposition', ({ performative: { first, last } }) => {
    if ((last ?? first) - first > sessionWindow) throw new Error('more dispositions than deliveries');
  });
  let attached = 0;
  before('on_attach', () => {
    if (++attached > mostEndpoints) throw new Error('too many links');
  });
  let unfinished = 0;
  before('on_transfer', ({ performative, payload }) => {
    unfinished += payload?.length ?? 0;
    if (unfinished > largestUnfinished) throw new Error('a message without an end');
    if (!performative.more) unfinished = 0;
  });
}
