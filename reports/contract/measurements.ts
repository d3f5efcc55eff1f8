import type { EventOf, LabEvent } from '../../model/evidence/event.js';
import type { Operation, Phase, ResultName } from '../../model/evidence/vocabulary.js';
import type { Measurement } from './report.js';

/** Fewer attempts than this are no share. */
export const fewest = 4;

interface Group {
  attempts: number;
  failed: number;
  waits: Map<ResultName, number>;
}

/**
 * Per phase and operation: how many attempts failed, and how long the connector waited for what
 * failed. Only where the scenario measured something: part of the attempts failed, or one waited.
 */
export function measurementsOf(scenario: string, events: readonly LabEvent[]): Measurement[] {
  const groups = new Map<string, Group>();
  const groupOf = (phase: Phase, operation: Operation): Group => {
    const key = `${phase} ${operation}`;
    const group = groups.get(key) ?? { attempts: 0, failed: 0, waits: new Map() };
    groups.set(key, group);
    return group;
  };
  for (const event of events) {
    if (event.kind === 'attempt') {
      const group = groupOf(event.phase, event.operation);
      group.attempts += 1;
      if (event.outcome !== 'ok') group.failed += 1;
      wait(group, event);
    } else if (event.kind === 'revocation') wait(groupOf(event.phase, 'revocation-check'), event);
  }
  return [...groups].flatMap(([key, { attempts, failed, waits }]): Measurement[] => {
    const [phase, operation] = key.split(' ') as [Phase, Operation];
    const isShare = attempts >= fewest && failed > 0 && failed < attempts;
    if (!isShare && waits.size === 0) return [];
    const told = [...waits].map(([result, longestMs]) => ({ result, longestMs }));
    return [{ scenario, operation, phase, attempts, failed, waits: told }];
  });
}

function wait({ waits }: Group, { outcome, waitedMs = 0 }: EventOf<'attempt'> | EventOf<'revocation'>): void {
  if (waitedMs > 0) waits.set(outcome, Math.max(waits.get(outcome) ?? 0, waitedMs));
}
