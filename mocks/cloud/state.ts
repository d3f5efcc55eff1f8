import type { RelayedResponse } from '../protocol/data.js';
import type { SignalMessage } from '../protocol/signalling.js';
import { ConnectorGroups } from './groups.js';
import type { RegisteredConnector } from './registered-connector.js';
import { type ControlSession, Listeners } from './relay/listeners.js';

export type Ending =
  | { kind: 'response'; response: RelayedResponse }
  | { kind: 'bad-gateway' | 'unauthorized' | 'backend-timeout' | 'refused-ticket' | 'timeout' };

/** A user's request that waits for a connector. */
export interface PendingRequest {
  relayId: string;
  connectorId: string;
  message: SignalMessage;
  payload: Buffer;
  /** Lab time at which it was announced, milliseconds since 1970. */
  signalledAt: number;
  /** Where it was announced, and the gateway that it can be met at. */
  session?: ControlSession;
  gateway?: string;
  /** The connector has come for it. */
  met?: boolean;
  /** Announces it to another connector of the group; false where none listens. */
  announceAgain(): boolean;
  end(ending: Ending): void;
}

/** What the cloud remembers. One per lab. */
export class CloudState {
  readonly connectors = new Map<string, RegisteredConnector>();
  readonly groups = new ConnectorGroups(this.connectors);
  readonly listeners = new Listeners();
  readonly pending = new Map<string, PendingRequest>();
  /** Names of the applications that administrators have published since the site came. */
  readonly published = new Set<string>();
  /** Connectors that were offered a newer version, and which. */
  readonly offered = new Map<string, string>();
  readonly #turns = new Map<string, number>();
  #signals = 0;

  /** Counts signals, so that data hosts take turns. */
  nextSignal(): number {
    return this.#signals++;
  }

  /** Counts the requests to a group's applications, so that its connectors take turns. */
  nextTurn(group: string): number {
    const turn = this.#turns.get(group) ?? 0;
    this.#turns.set(group, turn + 1);
    return turn;
  }

  pendingByRequest(requestId: string): PendingRequest | undefined {
    return [...this.pending.values()].find(({ message }) => message.RequestId === requestId);
  }
}
