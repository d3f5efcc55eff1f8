import type { LabEvent } from '../evidence/event.js';
import { matchesHost } from '../policy/match-host.js';
import type { Site } from '../site/schema.js';
import type { HostTrace, Trace } from './trace.js';

/**
 * Exactly one difference between two sites. `exercised` says what evidence proves that traffic met
 * the difference: a scenario whose change nobody met proves nothing, and fails.
 */
export interface Change {
  /** In words: `edge-firewall: deny *.servicebus.windows.net`. */
  describe: string;
  apply(site: Site): Site;
  exercised: readonly Trace[];
}

export function applyChanges(site: Site, changes: readonly Change[]): Site {
  return changes.reduce((changed, change) => change.apply(changed), site);
}

/** True where an event shows that the change was met. */
export function isExercised(change: Pick<Change, 'exercised'>, events: readonly LabEvent[]): boolean {
  return change.exercised.some((trace) => events.some((event) => carries(event, trace)));
}

function carries(event: LabEvent, trace: Trace): boolean {
  const { host, ...fields }: Trace & HostTrace = trace;
  const values = new Map<string, unknown>(Object.entries(event));
  if (!Object.entries(fields).every(([key, value]) => values.get(key) === value)) return false;
  if (!host) return true;
  const name = event.kind === 'decision' ? event.flow.host : values.get('host');
  return typeof name === 'string' && matchesHost(host.pattern, host.match, name);
}
