import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import type { EventBody } from '../../model/evidence/event.js';
import type { LoggedQuery } from './devices/query-log.js';
import type { LoggedPacket } from './log-prefix.js';
import type { StateChange } from './state-sensor.js';
import { frameSchema, Streams } from './streams.js';

/**
 * The control plane: JSON lines over the standard streams of a container's main process. It needs no
 * network, so the lab's own stays sealed. The harness calls, the program answers, and in between it
 * tells what it saw.
 */

/** What a machine tells unasked; `failed`: a connection of its own did, by nobody as far as it knows. */
export type Notice = Evident | { kind: 'failed'; connection: string };

/** What is evidence. */
export type Evident =
  | { kind: 'event'; machine: string; event: EventBody }
  /** The kernel's firewall logged a packet. */
  | { kind: 'packet'; packet: LoggedPacket }
  /** A device opened `upstream` to carry on `connection`. */
  | { kind: 'alias'; upstream: string; connection: string }
  /**
   * A proxy decided about a request that came over `connection`, by a rule of its own. `client`: who asked the
   * proxy that sent it, as address:port.
   */
  | { kind: 'admitted'; connection: string; host: string; port: number; client?: string; rule: string }
  /** The edge firewall decided about a connection by the name in its first bytes: by which rule, from 0. */
  | { kind: 'named'; connection: string; name?: string; rule: number | 'default' }
  /** The kernel's firewall saw a connection get another state. */
  | ({ kind: 'state' } & StateChange)
  /** The resolver was asked. */
  | { kind: 'query'; query: LoggedQuery }
  /** The firewall forgot an idle connection. */
  | { kind: 'expired'; connection: string }
  /** A query for a name was answered as a fault of a resolver says, or not at all. `of`: the server that alone asks it. */
  | { kind: 'resolver-fault'; name: string; rule: string; answered: boolean; of?: string };

/** A role's methods as the other side of the channel sees them. */
export type Remote<T> = {
  [K in keyof T as T[K] extends (...args: never[]) => unknown ? K : never]: T[K] extends (
    ...args: infer A
  ) => infer R
    ? (...args: A) => Promise<Awaited<R>>
    : never;
};

const requestSchema = z.union([
  z.object({ id: z.number(), call: z.string(), args: z.array(z.unknown()) }),
  z.object({ frame: frameSchema }),
]);
const messageSchema = z.union([
  z.object({ id: z.number(), value: z.unknown().optional(), error: z.string().optional() }),
  z.object({ notice: z.looseObject({ kind: z.string() }) }),
  z.object({ frame: frameSchema }),
]);

/** Serves the calls of the harness, one line each; calls may overlap. Frames are for the streams. */
export function serve(
  input: Readable,
  output: Writable,
  methods: Record<string, unknown>,
  streams: Streams,
): void {
  createInterface({ input }).on('line', (line) => void answer(line));

  async function answer(line: string): Promise<void> {
    const request = requestSchema.parse(JSON.parse(line));
    if ('frame' in request) return streams.hear(request.frame);
    const { id, call, args } = request;
    try {
      const method = methods[call];
      if (typeof method !== 'function') throw new Error(`nothing here is called ${call}`);
      output.write(`${JSON.stringify({ id, value: await method.apply(methods, args) })}\n`);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      output.write(`${JSON.stringify({ id, error: text })}\n`);
    }
  }
}

/** Tells the harness something, unasked. */
export function tell(output: Writable, notice: Notice): void {
  output.write(`${JSON.stringify({ notice })}\n`);
}

/** The streams of a machine's end of the channel. */
export function streamsOver(output: Writable): Streams {
  return new Streams((frame) => output.write(`${JSON.stringify({ frame })}\n`));
}

/** A call that takes longer has failed, milliseconds: everything in a lab ends on evidence, not on time. */
const patienceMs = 150_000;

/** The harness's end of a channel. */
export class Caller {
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  /** Connections that the machine opens for programs outside the lab. */
  readonly streams: Streams;
  #calls = 0;
  #gone: Error | undefined;

  constructor(
    private readonly machine: string,
    input: Readable,
    private readonly output: Writable,
    private readonly onNotice: (notice: Notice) => void,
    /** The other side is gone. */
    onEnd: () => void,
  ) {
    this.streams = streamsOver(output);
    createInterface({ input }).on('line', (line) => this.#hear(line));
    input.once('close', onEnd);
    output.on('error', (error) => this.end(error));
  }

  /** @throws Error with the program's own words, or that its container ended */
  call(method: string, ...args: unknown[]): Promise<unknown> {
    if (this.#gone) return Promise.reject(this.#gone);
    const id = ++this.#calls;
    return new Promise((resolve, reject) => {
      const silent = () => {
        this.#waiting.delete(id);
        reject(new Error(`${this.machine} did not end ${method} in ${patienceMs / 1000} s`));
      };
      const timer = setTimeout(silent, patienceMs);
      this.#waiting.set(id, {
        resolve: (value) => {
          clearTimeout(timer);
          resolve(value);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
      this.output.write(`${JSON.stringify({ id, call: method, args })}\n`);
    });
  }

  get ended(): boolean {
    return this.#gone !== undefined;
  }

  /** Fails every call that is still waiting, and every open stream. */
  end(reason: Error): void {
    this.#gone ??= reason;
    for (const { reject } of this.#waiting.values()) reject(this.#gone);
    this.#waiting.clear();
    this.streams.end(this.#gone);
  }

  #hear(line: string): void {
    const message = messageSchema.parse(JSON.parse(line));
    // Both ends are built from one tree; what the body holds is theirs to agree on.
    if ('frame' in message) {
      this.streams.hear(message.frame);
      return;
    }
    if ('notice' in message) {
      this.onNotice(message.notice as unknown as Notice);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error === undefined) waiting?.resolve(message.value);
    else waiting?.reject(new Error(`${this.machine}: ${message.error}`));
  }
}

/** Calls methods by their names. */
export function remote<T>(caller: Caller): Remote<T> {
  return new Proxy({} as Remote<T>, {
    get: (_, method) =>
      typeof method === 'string' && method !== 'then'
        ? (...args: unknown[]) => caller.call(method, ...args)
        : undefined,
  });
}
