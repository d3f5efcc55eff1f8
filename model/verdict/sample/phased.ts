import type { LabEvent } from '../../evidence/event.js';
import { type Sample, sample } from './sample.js';

/** The sample with its connection in every phase: it comes through before the change, and after it. */
export function phasedSample(): Sample {
  const { results, events } = sample();
  const through = (phase: 'control' | 'restore'): LabEvent[] =>
    events.slice(1, 5).map((event): LabEvent => {
      const stamp = {
        id: `${phase}-${event.id}`,
        phase,
        ...('connection' in event && { connection: phase }),
      };
      if (event.kind === 'decision') return { ...event, ...stamp, action: 'allow', connection: phase };
      if (event.kind === 'attempt') return { ...event, ...stamp, outcome: 'ok', waitedMs: 0 };
      return { ...event, ...stamp } as LabEvent;
    });
  return { results, events: [...through('control'), ...events, ...through('restore')] };
}
