import type { LabEvent } from '../harness/evidence/event.js';
import type { Phase } from '../harness/evidence/vocabulary.js';

/** What happened in one scenario, in order, phase by phase. */
export interface Timeline {
  /** Lab time at the first event, milliseconds since 1970. */
  startedAt: number;
  phases: { phase: Phase; events: LabEvent[] }[];
  shown: number;
  /** Events that only say that something went as it should; events.jsonl has them. */
  omitted: number;
}

export function timelineOf(events: readonly LabEvent[]): Timeline {
  const telling = events.filter(isTelling);
  const phases: Timeline['phases'] = [];
  for (const event of telling) {
    const last = phases.at(-1);
    if (last?.phase === event.phase) last.events.push(event);
    else phases.push({ phase: event.phase, events: [event] });
  }
  return {
    startedAt: events[0]?.at ?? 0,
    phases,
    shown: telling.length,
    omitted: events.length - telling.length,
  };
}

/** A thousand scenarios must fit into a file that opens at once. */
function isTelling(event: LabEvent): boolean {
  switch (event.kind) {
    case 'connection':
      return false;
    case 'decision':
      return event.action !== 'allow' && event.action !== 'bypass';
    case 'dns':
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
