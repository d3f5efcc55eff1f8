import { connect, isIP, type Socket } from 'node:net';
import { hostname } from 'node:os';
import { type Connection, type Dial, NetworkError, type NetworkStack } from '../../mocks/network.js';
import type { EventBody, LabEvent } from '../../model/evidence/event.js';
import type { ResultName } from '../../model/evidence/vocabulary.js';
import type { SystemNames } from './system-names.js';

/** How long is waited, milliseconds. */
export interface Patience {
  /** For an answer to a SYN: two more are sent meanwhile. */
  connect: number;
  /** For the next byte of an open connection. */
  silence: number;
}
export const patience: Patience = { connect: 8000, silence: 12_000 };

/** Of the addresses of a name so many are tried where the first does not answer. */
const mostAddresses = 3;

/** What the operating system says of a connection that did not come about. */
const results: Readonly<Record<string, ResultName>> = {
  ECONNREFUSED: 'tcp-reject',
  EHOSTUNREACH: 'tcp-reject',
  ENETUNREACH: 'tcp-reject',
  EACCES: 'tcp-reject',
  EPERM: 'tcp-reject',
  ETIMEDOUT: 'tcp-drop',
};

/** The network of the machine that this process is on, as the port that connectors use. */
export class SystemStack implements Disposable {
  readonly events: LabEvent[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #begun = performance.now();
  /** What waits for a time alone would not keep this process from ending, in the middle and without a word. */
  readonly #held = setInterval(() => {}, 2 ** 30);
  #connections = 0;

  constructor(
    private readonly names: SystemNames,
    private readonly waits: Patience = patience,
  ) {}

  get stack(): NetworkStack {
    return {
      machine: hostname(),
      clock: {
        now: () => Date.now(),
        after: (ms, job) => {
          const timer = setTimeout(() => void job(), ms).unref();
          return { cancel: () => clearTimeout(timer) };
        },
      },
      resolve: (name, asker) => this.#resolve(name, asker),
      connect: (dial) => this.#connect(dial),
      listen: () => Promise.reject(new Error('nothing listens on a machine that is only looked at')),
      emit: (event) => this.#emit(event),
    };
  }

  [Symbol.dispose](): void {
    clearInterval(this.#held);
    for (const socket of this.#sockets) socket.destroy();
    this.names.close();
  }

  async #resolve(name: string, asker: Pick<Dial, 'account' | 'stack'>) {
    const asked = { kind: 'dns', name, ...asker, device: 'resolver' } as const;
    try {
      const { chain, addresses, hasAliases } = await this.names.resolve(name);
      // Without its aliases an answer looks like one of somebody else.
      if (hasAliases) this.#emit({ ...asked, chain, addresses, outcome: 'ok' });
      return { chain, addresses };
    } catch (error) {
      if (error instanceof NetworkError)
        this.#emit({ ...asked, chain: [name], addresses: [], outcome: error.result });
      throw error;
    }
  }

  async #connect({ host, port, account, stack }: Dial): Promise<Connection> {
    const asker = { ...(account && { account }), ...(stack && { stack }) };
    const { addresses } = isIP(host) ? { addresses: [host] } : await this.#resolve(host, asker);
    const [first = '', ...others] = addresses.slice(0, mostAddresses);
    const dial = (address: string) => this.#dial({ host, port, ...asker }, address);
    try {
      return await dial(first);
    } catch (error) {
      if (others.length === 0) throw error;
      // As a client does that has several: it is the first failure that counts where none answers.
      return await Promise.any(others.map(dial)).catch(() => {
        throw error;
      });
    }
  }

  #dial({ host, port, ...asker }: Dial, address: string): Promise<Connection> {
    const id = `c${++this.#connections}`;
    this.#emit({ kind: 'connection', connection: id, host, address, port, ...asker });
    const begun = performance.now();
    const socket = connect({ host: address, port }).setNoDelay(true);
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    return new Promise((resolve, reject) => {
      const fail = (result: ResultName, words: string) => {
        clearTimeout(timer);
        socket.destroy();
        const waitedMs = result === 'tcp-drop' ? Math.round(performance.now() - begun) : 0;
        reject(new NetworkError(result, `${host}:${port}: ${words}`, id, { waitedMs }));
      };
      const timer = setTimeout(() => fail('tcp-drop', 'no answer'), this.waits.connect);
      socket.once('error', ({ code = '', message }: NodeJS.ErrnoException) =>
        fail(results[code] ?? 'tcp-reset', message),
      );
      socket.once('connect', () => {
        clearTimeout(timer);
        socket.removeAllListeners('error');
        // Whoever uses it learns of its end by its streams.
        socket.on('error', () => {});
        socket.setTimeout(this.waits.silence, () =>
          socket.destroy(new NetworkError('tcp-drop', `${host}:${port}: nothing came`, id)),
        );
        const rest = () => {
          socket.setTimeout(0);
          return { [Symbol.dispose]: () => void socket.setTimeout(this.waits.silence) };
        };
        resolve({ id, socket, address, rest });
      });
    });
  }

  #emit(event: EventBody): string {
    const id = `e${this.events.length + 1}`;
    this.events.push({
      ...event,
      ...{ id, scenario: 'probe', phase: 'change', machine: hostname(), at: Date.now() },
      wallMs: Math.round(performance.now() - this.#begun),
    });
    return id;
  }
}
