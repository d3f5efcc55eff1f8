import type { ResultName } from '../../model/evidence/vocabulary.js';

export interface FailureFacts {
  host?: string;
  port?: number;
  /** The connection that failed. */
  connection?: string;
  /** The connection that made it fail, where it is another one. */
  because?: string;
  /** TCP was connected, of a connection whose attempt is written by others. */
  connected?: boolean;
  /** HTTP status, where it came so far. */
  status?: number;
  /** Lab time that a real client would have waited, milliseconds. */
  waitedMs?: number;
  /** An answer began, and did not end in time. */
  timedOut?: true;
}

/** An attempt did not work; `result` is what the connector saw. */
export class Failure extends Error {
  override readonly name = 'Failure';
  constructor(
    readonly result: ResultName,
    message: string,
    readonly facts: FailureFacts = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A failed attempt on lab time is in evidence already; anything else is a fault of the lab. */
export function ignoreFailure(error: unknown): void {
  if (!(error instanceof Failure)) throw error;
}
