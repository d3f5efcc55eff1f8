import type { CloudContext } from '../service.js';
import type { ControlSession } from './listeners.js';

/** How long a connector has to come back until the users that wait for it are told, lab time. */
const graceMs = 60_000;

/**
 * A control connection is over: what becomes of the requests that wait for its connector. An agreed
 * end loses none; with a broken one, those that were announced on it and not yet met will not be. Where
 * the connector is gone, others of its group are asked for what it has not come for: what it has, it may
 * have done, and nobody does it twice.
 */
export function endOrphans(context: CloudContext, session: ControlSession, agreed: boolean): void {
  const { state, stack } = context;
  const { connectorId } = session;
  const waiting = [...state.pending.values()].filter((request) => request.connectorId === connectorId);
  if (waiting.length === 0) return;
  const end = (requests: typeof waiting) => {
    for (const request of requests) request.end({ kind: 'timeout' });
  };
  if (state.listeners.has(connectorId)) {
    if (!agreed) end(waiting.filter((request) => request.session === session && !request.met));
    return;
  }
  if (!agreed) {
    end(waiting.filter((request) => request.met || !request.announceAgain()));
    return;
  }
  stack.clock.after(graceMs, () => {
    if (!state.listeners.has(connectorId)) end(waiting.filter(({ relayId }) => state.pending.has(relayId)));
  });
}
