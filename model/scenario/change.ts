import type { LabEvent } from '../evidence/event.js';
import { matchesHost } from '../policy/match-host.js';
import type { MatchKind, Site } from '../site/schema.js';

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

/** Fields that an event must have. Data, so that the event log can hold it and be judged again. */
export type Trace = {
  [K in
    | 'kind'
    | 'device'
    | 'rule'
    | 'action'
    | 'fact'
    | 'fault'
    | 'service'
    | 'machine'
    | 'application'
    | 'path'
    | 'detail'
    | 'operation'
    | 'outcome']?: string;
} & {
  /** The host of the event or of its flow, where a rule decides about more than the change touches. */
  host?: { pattern: string; match: MatchKind };
};

export function applyChanges(site: Site, changes: readonly Change[]): Site {
  return changes.reduce((changed, change) => change.apply(changed), site);
}

/** True where an event shows that the change was met. */
export function isExercised(change: Pick<Change, 'exercised'>, events: readonly LabEvent[]): boolean {
  return change.exercised.some((trace) => events.some((event) => carries(event, trace)));
}

function carries(event: LabEvent, { host, ...fields }: Trace): boolean {
  const values = event as unknown as Record<string, unknown>;
  if (!Object.entries(fields).every(([key, value]) => values[key] === value)) return false;
  if (!host) return true;
  const name = event.kind === 'decision' ? event.flow.host : values.host;
  return typeof name === 'string' && matchesHost(host.pattern, host.match, name);
}
