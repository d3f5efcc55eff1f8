import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { EventBody } from '../model/evidence/event.js';
import type { Account, ResultName, StackName } from '../model/evidence/vocabulary.js';

/**
 * The port through which every simulated machine meets the world. The same connector and the same
 * cloud run on each engine because they use nothing else: no `node:net`, no `Date.now()`.
 */
export interface NetworkStack {
  /** The machine's name as events give it: `app-proxy-01`, `cloud`, … */
  readonly machine: string;
  readonly clock: Clock;
  /**
   * Asks the site's resolver (or the public one, for machines outside the site).
   * @throws NetworkError `dns-nxdomain` or `dns-timeout`
   */
  resolve(name: string, asker: Asker): Promise<Resolution>;
  /**
   * Opens a TCP connection. A name is resolved first.
   * @throws NetworkError with the result that a client would see; evidence of the deciding device
   * is already in the log under the error's `connection`.
   */
  connect(dial: Dial): Promise<Connection>;
  /** Accepts TCP connections on an address of the lab (198.18.0.0/15). */
  listen(address: string, port: number, accept: (arrival: Arrival) => void): Promise<Listener>;
  /** Writes an event as this machine; returns its id. */
  emit(event: EventBody): string;
}

/** Who asks: events and rules by account need it. Absent on machines without Windows accounts. */
export interface Asker {
  account?: Account;
  stack?: StackName;
}

export interface Dial extends Asker {
  /** A name or an address. */
  host: string;
  port: number;
  /** The connection on whose behalf this one is opened (proxies). */
  parent?: string;
}

export interface Resolution {
  /** From the asked name along CNAMEs to the name that has the addresses. */
  chain: string[];
  addresses: string[];
}

export interface Connection {
  /** Joins this connection with what devices and servers say of it. */
  id: string;
  socket: Socket;
  /** The address that was dialled. */
  address: string;
  /** What was waited for in vain before, at another address of the name. Lab time, milliseconds. */
  waitedMs?: number;
  /** Until it is disposed of, silence ends nothing; absent: it never does. */
  rest?(): Disposable;
}

export interface Arrival {
  connection: string;
  socket: Socket;
  /** The peer's address as the listening machine sees it (after a proxy: the proxy's). */
  from: string;
  /** The Windows account that connected, where the network is told. */
  account?: Account;
}

export interface Listener extends AsyncDisposable {
  close(): Promise<void>;
}

/** Lab time. It stands still but for {@link LabClock.advance}. */
export interface Clock {
  /** Milliseconds since 1970, with the machine's own skew. */
  now(): number;
  /** Runs a job once, after so many milliseconds of lab time. Advancing waits for the job's promise. */
  after(ms: number, job: () => void | Promise<void>): Timer;
}

export interface Timer {
  cancel(): void;
}

/** The network refused; `result` is what the client would see. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  constructor(
    readonly result: ResultName,
    message: string,
    /** The connection whose decision events tell who did it; absent for name resolution. */
    readonly connection?: string,
    options?: ErrorOptions & { waitedMs?: number },
  ) {
    super(message, options);
    this.waitedMs = options?.waitedMs ?? 0;
  }
  /** Lab time that a real client would have waited before it knew. */
  readonly waitedMs: number;
}

/**
 * Opens a connection from a machine of a lab to a name or address.
 * @throws NetworkError with what a client there would see
 */
export type Dialer = (host: string, port: number) => Promise<Duplex>;
