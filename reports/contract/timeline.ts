import type { LabEvent } from '../../model/evidence/event.js';
import type { TimelineEvent } from './report.js';

/** How much of the evidence a page holds. */
export type Which = 'all' | 'telling' | 'cited';

/**
 * What a page shows of one scenario's events: all of them, those that tell something, or only those
 * that results rest on. These are always there, since results link to them.
 */
export function timelineOf(
  events: readonly LabEvent[],
  cited: ReadonlySet<string>,
  which: Which,
): TimelineEvent[] {
  return events
    .filter((event) => which === 'all' || cited.has(event.id) || (which === 'telling' && isTelling(event)))
    .map((event): TimelineEvent => {
      const { scenario, wallMs, ...rest } = event;
      if (rest.kind !== 'decision') return rest;
      // The connection's own event has it.
      const { flow, ...decision } = rest;
      return decision;
    });
}

function isTelling(event: LabEvent): boolean {
  switch (event.kind) {
    case 'connection':
      return false;
    case 'decision':
      return !['allow', 'bypass', 'delay'].includes(event.action);
    case 'state':
      return false;
    case 'dns':
    case 'query':
      return event.outcome !== 'ok';
    case 'revocation':
      return !event.cached && event.outcome !== 'ok';
    case 'tls':
      return event.outcome !== 'ok' || (event.phase === 'change' && event.side === 'client');
    case 'cloud':
      return event.status >= 400 || event.phase === 'change';
    case 'attempt':
      return event.outcome !== 'ok' || event.phase === 'change';
    case 'prerequisite':
      return !event.met || event.phase === 'change';
    default:
      return true;
  }
}
