import type { RelayNamespace } from '../../protocol/names.js';
import type { Signal } from '../../protocol/signalling.js';

/** A connector's open control connection at one namespace. */
export interface ControlSession {
  connectorId: string;
  namespace: RelayNamespace;
  send(signal: Signal): void;
}

/** Connectors that can be signalled, with their control connections: one at each namespace, or fewer. */
export class Listeners {
  readonly #sessions = new Map<string, ControlSession[]>();
  #signals = 0;

  /** The connectors that listen. */
  keys(): IterableIterator<string> {
    return this.#sessions.keys();
  }

  has(connectorId: string): boolean {
    return this.#sessions.has(connectorId);
  }

  add(session: ControlSession): void {
    const others = this.#sessions.get(session.connectorId) ?? [];
    this.#sessions.set(session.connectorId, [...others, session]);
  }

  remove(session: ControlSession): void {
    const left = this.#sessions.get(session.connectorId)?.filter((one) => one !== session) ?? [];
    if (left.length > 0) this.#sessions.set(session.connectorId, left);
    else this.#sessions.delete(session.connectorId);
  }

  /**
   * Tells a connector of a request, through its namespaces in turn, and each time at another gateway.
   * Undefined where the connector does not listen.
   */
  signal(connectorId: string, relayId: string): { session: ControlSession; gateway: string } | undefined {
    const sessions = this.#sessions.get(connectorId) ?? [];
    const turn = this.#signals++;
    const session = sessions[turn % sessions.length];
    if (!session) return undefined;
    const { gateways } = session.namespace;
    const gateway = gateways[Math.floor(turn / sessions.length) % gateways.length] ?? '';
    session.send({ RelayId: relayId, RelayAddress: gateway });
    return { session, gateway };
  }
}
