import type { Duplex } from 'node:stream';
import type { WayOut } from '../../model/pac/pac-answer.js';
import { queryTimeoutMs, synTimeoutMs } from '../devices/refusal.js';
import type { Connection } from '../network.js';
import { type Call, placeOf } from './call.js';
import { toFailure } from './classify.js';
import { Failure } from './failure.js';
import { openTunnel } from './proxy-tunnel.js';
import type { TransportNotes } from './transport-notes.js';
import type { TransportOptions } from './transport-options.js';
import type { ServerTrust } from './trust/server-trust.js';

/** What is waited for where nobody answers. Lab time, milliseconds. */
const patience = { connection: synTimeoutMs, name: queryTimeoutMs } as const;

/** A connection that is ready for HTTP. */
export interface Opened {
  connection: Connection;
  socket: Duplex;
  /** The proxy to which plain requests go in absolute form. */
  proxied: boolean;
}

/** Opens connections by the ways out that a machine has, in their order. */
export class Opener {
  constructor(
    private readonly options: TransportOptions,
    private readonly trust: ServerTrust,
    private readonly notes: TransportNotes,
  ) {}

  /**
   * Opens a connection for HTTP, secured where the URL says so, by the first way out that is one.
   * @throws Failure, NetworkError
   */
  async open(call: Call): Promise<Opened> {
    const found = this.options.host().waysOut(call);
    const { ways, said, awaited } = found instanceof Promise ? await found : found;
    let waitedMs = awaited.reduce((sum, what) => sum + patience[what], 0);
    for (const [index, way] of ways.entries())
      try {
        const opened = await this.#openBy(way, call);
        waitedMs += opened.connection.waitedMs ?? 0;
        this.notes.found(call, said, opened.connection.id, waitedMs);
        return opened;
      } catch (error) {
        const failure = toFailure(error, placeOf(call.url));
        const isDead = failure.result === 'proxy-unreachable' && index < ways.length - 1;
        waitedMs += isDead ? (failure.facts.waitedMs ?? 0) : 0;
        if (isDead) continue;
        this.notes.found(call, said, failure.facts.connection, waitedMs);
        throw error;
      }
    throw new Error('there is no way out at all');
  }

  async #openBy(way: WayOut, call: Call): Promise<Opened> {
    const secure = call.url.protocol === 'https:';
    if (way === 'direct') {
      const connection = await this.#connect(call, placeOf(call.url));
      return {
        connection,
        socket: secure ? await this.trust.secure(call, connection) : connection.socket,
        proxied: false,
      };
    }
    const connection = await this.#reachProxy(call, way);
    if (!secure) return { connection, socket: connection.socket, proxied: true };
    await openTunnel(connection, placeOf(call.url));
    return { connection, socket: await this.trust.secure(call, connection), proxied: false };
  }

  async #connect({ account, stack }: Call, place: { host: string; port: number }): Promise<Connection> {
    const connection = await this.options.stack.connect({ ...place, account, stack });
    this.notes.connected(connection.id);
    return connection;
  }

  async #reachProxy(call: Call, proxy: { host: string; port: number }): Promise<Connection> {
    try {
      return await this.#connect(call, proxy);
    } catch (error) {
      const { message, facts } = toFailure(error, placeOf(call.url));
      throw new Failure('proxy-unreachable', message, { ...facts, ...placeOf(call.url) }, { cause: error });
    }
  }
}
