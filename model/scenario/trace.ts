import type { EventBody } from '../evidence/event.js';
import type { MatchName } from '../site/match/index.js';
import type { DecidedBy } from './device-rules.js';

/**
 * Fields that an event must have, by its kind. Data, so that the event log can hold it and be judged
 * again. Of a device, only what it can be or do.
 */
export type Trace = TraceOf<EventBody>;

type TraceOf<Body> = Body extends { kind: unknown }
  ? { kind: Body['kind'] } & Plain<Body> &
      (Body extends { host?: string } | { flow: unknown } ? HostTrace : unknown) &
      (Body extends { device: unknown } ? DecidedBy : unknown)
  : never;

/** Fields that are compared as they stand, and who saw it. */
type Plain<Body> = { [F in keyof Body as Extract<F, Compared>]?: Body[F] } & { machine?: string };

type Compared =
  | 'action'
  | 'fact'
  | 'fault'
  | 'service'
  | 'application'
  | 'path'
  | 'detail'
  | 'operation'
  | 'outcome';

export interface HostTrace {
  /** The host of the event or of its flow, where a rule decides about more than the change touches. */
  host?: { pattern: string; match: MatchName };
}
