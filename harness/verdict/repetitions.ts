import { causeOf } from './cause.js';
import type { Repetition, ScenarioResults } from './results.js';

/**
 * One scenario out of its repetitions, in their order. What differs between them makes it `flaky`;
 * nothing is evened out. Shown is the first that failed, else the first.
 */
export function foldRepetitions(repetitions: readonly ScenarioResults[]): ScenarioResults {
  const firstFailed = repetitions.findIndex(({ outcome }) => outcome === 'failed');
  const index = Math.max(0, firstFailed);
  const shown = repetitions[index];
  if (!shown) throw new Error('a scenario without a repetition');
  const outcomes = new Set(repetitions.map(({ outcome }) => outcome));
  const reason = reasonOf(repetitions);
  return {
    ...shown,
    outcome: outcomes.size > 1 ? 'flaky' : shown.outcome,
    ...(reason && { reason }),
    durationMs: median(repetitions.map(({ durationMs }) => durationMs)),
    repetitions: repetitions.map(toRepetition),
    shown: index + 1,
  };
}

/** How often it failed, and each different cause with the repetitions that had it. */
function reasonOf(repetitions: readonly ScenarioResults[]): string | undefined {
  const causes = new Map<string, { reason: string; numbers: number[] }>();
  for (const [index, repetition] of repetitions.entries()) {
    if (repetition.outcome !== 'failed') continue;
    const { reason = '' } = repetition;
    const cause = causeOf(repetition);
    const known = causes.get(cause) ?? { reason, numbers: [] };
    known.numbers.push(index + 1);
    causes.set(cause, known);
  }
  const failed = [...causes.values()];
  if (failed.length === 0) return repetitions[0]?.reason;
  const count = failed.reduce((sum, { numbers }) => sum + numbers.length, 0);
  const each = failed.map(({ reason, numbers }) => `${reason} (no. ${numbers.join(', ')})`);
  return `failed ${count} of ${repetitions.length} times: ${each.join('; ')}`;
}

function toRepetition({ outcome, reason, durationMs }: ScenarioResults): Repetition {
  if (outcome === 'flaky') throw new Error('a repetition is not repeated itself');
  return { outcome, ...(reason && { reason }), durationMs };
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
