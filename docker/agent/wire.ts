import { createServer, isIP, type Server, type Socket } from 'node:net';
import { queryTimeoutMs, synTimeoutMs } from '../../mocks/devices/refusal.js';
import { silence } from '../../mocks/devices/splice.js';
import {
  type Arrival,
  type Asker,
  type Clock,
  type Connection,
  type Dial,
  type Listener,
  NetworkError,
  type NetworkStack,
  type Resolution,
} from '../../mocks/network.js';
import type { EventBody } from '../../model/evidence/event.js';
import type { Account, ResultName } from '../../model/evidence/vocabulary.js';
import type { Notice } from './channel.js';
import { arrivalId, connectionId, triedBefore } from './connection-id.js';
import { type Dialling, dial as open, type Route } from './dial.js';
import { ask, type DnsAnswer, type Query } from './dns-client.js';
import { type Learning, learnName } from './learn-name.js';
import type { SourcePorts } from './source-ports.js';

/** After so long a connection that nobody answered and no sensor saw has failed, milliseconds. For hangs. */
const silenceMs = 60_000;

/** Where a name leads. */
interface Learned extends Resolution {
  /** As which name a resolver knows it; absent: none was asked. */
  asked?: string;
}

export interface WireOptions extends Learning {
  /** Address that connections come from. */
  address: string;
  /**
   * Address of IPv6 that the machine has now; undefined: none. Where it has one, it asks for those of names, too, and
   * tries them first.
   */
  ipv6?(): string | undefined;
  /** Source ports of the machine. */
  ports: SourcePorts;
  /** Resolver that is asked for names. */
  resolver: string | (() => string);
  tell(notice: Notice): void;
  /** As which user of the machine an account opens connections; absent: as the machine's own. */
  userId?(account: Account): number | undefined;
  /** Called with every answer before the asker gets it. */
  onResolved?(resolution: Resolution): Promise<void>;
}

/**
 * The real network of one machine as the `NetworkStack` of whoever runs on it. Connections are known
 * by their addresses and ports until the harness gives them ids. A source port comes round
 * again only after fifty thousand others, so that evidence cannot be joined with the wrong connection.
 */
export class Wire {
  readonly #open = new Map<string, Socket>();
  readonly #pending = new Map<string, (error: NetworkError) => void>();
  /** What the kernel says of connections that failed, until it is known which device did it. */
  readonly #failed = new Map<string, () => void>();
  readonly #queries = new Set<Query>();
  readonly #servers = new Set<Server>();

  constructor(private readonly options: WireOptions) {}

  /** The stack of a machine; `clock` is asked for whenever it is needed. */
  stack(machine: string, clock: () => Clock): NetworkStack {
    return {
      machine,
      get clock() {
        return clock();
      },
      resolve: (name, asker) => this.#resolve(machine, name, asker),
      connect: (dial) => this.#connect(machine, dial),
      listen: (address, port, accept) => this.#listen(address, port, accept),
      emit: (event) => this.#emit(machine, event),
    };
  }

  /**
   * The network's evidence says how a connection ends: one that is being made fails with it, one that
   * is open falls silent, or is reset.
   */
  end(connection: string, result: ResultName, words: string): void {
    const reject = this.#pending.get(connection);
    if (reject) {
      const waitedMs = result === 'tcp-drop' ? synTimeoutMs : 0;
      reject(new NetworkError(result, words, connection, { waitedMs }));
      return;
    }
    const socket = this.#open.get(connection);
    if (result === 'tcp-drop') socket?.destroy(silence(words));
    if (result === 'tcp-reset') socket?.destroy(Object.assign(new Error(words), { code: 'ECONNRESET' }));
  }

  /** All evidence has come, and none is about a connection that failed: it ends as the kernel says. */
  conclude(connection: string): void {
    this.#failed.get(connection)?.();
  }

  /** The resolver's evidence says that queries for a name stay without an answer. */
  endQueries(name: string): void {
    const error = new NetworkError('dns-timeout', `${name}: the resolver did not answer`, undefined, {
      waitedMs: queryTimeoutMs,
    });
    for (const query of this.#queries) if (query.name === name) query.giveUp(error);
  }

  /** Cuts every open connection, as a firewall does that forgets its states. */
  async cut(): Promise<void> {
    for (const connection of [...this.#failed.keys()]) this.conclude(connection);
    const open = [...this.#open.values()];
    // A socket that someone destroyed calls itself closed before it is: its event comes only with its handle's end.
    const closed = open.map((socket) => new Promise<void>((resolve) => void socket.once('close', resolve)));
    for (const socket of open) socket.destroy();
    await Promise.all(closed);
  }

  /** Sockets and listeners that are open: none, after everything was closed. */
  get leftovers(): string[] {
    return [...this.#open.keys()];
  }

  /** Takes a connection into account, until it closes. */
  track(id: string, socket: Socket): void {
    // Whoever uses the socket sees its errors too; without this a late one would end the process.
    socket.on('error', () => {});
    if (socket.destroyed) return;
    this.#open.set(id, socket);
    socket.once('close', () => this.#open.delete(id));
  }

  async #resolve(machine: string, name: string, asker: Asker): Promise<Learned> {
    const base = { kind: 'dns', name, ...asker } as const;
    try {
      const { asked, ...said } = await learnName(this.options, (one) => this.#query(one), name);
      this.#emit(machine, { ...base, ...said });
      const { outcome, chain, addresses } = said;
      if (outcome !== 'ok') throw new NetworkError(outcome, `${name}: no such name`);
      await this.options.onResolved?.({ chain, addresses });
      return { chain, addresses, ...(asked !== undefined && { asked }) };
    } catch (error) {
      if (error instanceof NetworkError && error.result === 'dns-timeout')
        this.#emit(machine, {
          ...base,
          device: 'resolver',
          chain: [name],
          addresses: [],
          outcome: 'dns-timeout',
        });
      throw error;
    }
  }

  async #query(name: string, type: 'A' | 'AAAA' = 'A'): Promise<DnsAnswer> {
    const { resolver, address } = this.options;
    const query = await ask(typeof resolver === 'string' ? resolver : resolver(), address, name, type);
    this.#queries.add(query);
    try {
      return await query.answer;
    } finally {
      this.#queries.delete(query);
    }
  }

  async #connect(machine: string, dial: Dial): Promise<Connection> {
    const { host, port, parent, account, stack } = dial;
    const { addresses, asked }: Learned = isIP(host)
      ? { chain: [], addresses: [host] }
      : await this.#resolve(machine, host, { account, stack });
    const route = {
      from: this.options.address,
      fromPort: this.options.ports.next(),
      to: addresses[0] ?? '',
      toPort: port,
    };
    const id = connectionId(route);
    this.#emit(machine, {
      kind: 'connection',
      connection: id,
      host,
      address: route.to,
      port,
      ...(parent && { parent }),
      ...(account && { account }),
      ...(stack && { stack }),
    });
    const userId = account && this.options.userId?.(account);
    const waitedMs = asked === undefined ? 0 : await this.#tryIpv6(id, asked, route, userId);
    const socket = await this.#settle(id, host, open(route, userId));
    this.track(id, socket);
    return { id, socket, address: route.to, ...(waitedMs > 0 && { waitedMs }) };
  }

  /**
   * A machine that has IPv6 tries a name's address of it first, if it has one. Nobody answers there in any lab;
   * returns what that costs, milliseconds.
   */
  async #tryIpv6(connection: string, name: string, route: Route, userId?: number): Promise<number> {
    const from = this.options.ipv6?.();
    if (from === undefined) return 0;
    const [to] = (await this.#query(name, 'AAAA')).addresses;
    if (to === undefined) return 0;
    const dialling = open({ ...route, from, to }, userId);
    try {
      (await this.#settle(triedBefore(connection), name, dialling)).destroy();
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      return error.waitedMs;
    }
    throw new Error(`${name} was reached over IPv6, at ${to}`);
  }

  /** Waits until the connection stands, or until the network's evidence says that it will not. */
  async #settle(id: string, host: string, dialling: Dialling): Promise<Socket> {
    const ended = new Promise<never>((_, reject) => this.#pending.set(id, reject));
    const silent = setTimeout(
      () => this.end(id, 'tcp-drop', `${host}: no answer, and no device has seen the connection`),
      silenceMs,
    );
    const failed = dialling.connected.catch(
      (error: NodeJS.ErrnoException) =>
        new Promise<never>((_, reject) => {
          // The kernel knows that it failed; which device did it comes from the firewall's log, if one did.
          const result = error.code === 'ETIMEDOUT' ? 'tcp-drop' : 'tcp-reject';
          const plain = new NetworkError(result, `${host}: ${error.message}`, id, { cause: error });
          this.#failed.set(id, () => reject(plain));
          this.options.tell({ kind: 'failed', connection: id });
        }),
    );
    try {
      return await Promise.race([failed, ended]);
    } catch (error) {
      dialling.cancel();
      throw error;
    } finally {
      clearTimeout(silent);
      this.#pending.delete(id);
      this.#failed.delete(id);
    }
  }

  async #listen(address: string, port: number, accept: (arrival: Arrival) => void): Promise<Listener> {
    const server = createServer({ noDelay: true }, (socket) => {
      const connection = arrivalId(socket);
      this.track(connection, socket);
      accept({ connection, socket, from: socket.remoteAddress ?? '' });
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, address, resolve);
    });
    this.#servers.add(server);
    const close = async () => {
      this.#servers.delete(server);
      server.close();
    };
    return { close, [Symbol.asyncDispose]: close };
  }

  #emit(machine: string, event: EventBody): string {
    this.options.tell({ kind: 'event', machine, event });
    return '';
  }
}
