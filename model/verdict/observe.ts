import type { LabEvent } from '../evidence/event.js';
import { EvidenceIndex } from '../evidence/evidence-index.js';
import { type Look, lookOf } from '../scenario/expectation.js';
import type { Seen } from '../scenario/step-kind.js';
import type { Observation } from './results.js';

/** What people saw in one phase, beside what they should have seen. */
export function observe(events: readonly LabEvent[], looks: readonly Look[]): Observation[] {
  const evidence = new EvidenceIndex(events);
  return looks.map((look) => observation(lookOf(look).see(look, evidence), look));
}

/** An expectation that names a device or a rule is met only where that one decided. */
function observation({ subject, expected, observed, event, by }: Seen, look: Look): Observation {
  const { device, rule } = 'device' in look ? look : {};
  return {
    subject,
    observed: observed ?? 'nothing',
    expected,
    matched:
      observed === expected &&
      (device === undefined || by?.device === device) &&
      (rule === undefined || by?.rule === rule),
    ...(by?.device !== undefined && { device: by.device }),
    ...(by?.rule !== undefined && { rule: by.rule }),
    events: [event?.id, by?.id].filter((id) => id !== undefined),
  };
}
