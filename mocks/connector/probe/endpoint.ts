import type { Operation, StackName } from '../../../model/evidence/vocabulary.js';

/** A concrete host that a connector uses, and how it is tried. */
export interface Endpoint {
  url: string;
  /** What a connector uses it for. */
  operation: Operation;
  /** The network stack that does. */
  stack: StackName;
  /** An upgrade to WebSocket is asked for as well: where signalling is. */
  websocket?: true;
  /** Somebody has seen the name, and no page has it: where it does not exist, that says nothing. */
  assumed?: true;
}
