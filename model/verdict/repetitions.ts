import { causeOf } from './cause.js';
import type { RepetitionResults, ScenarioResults } from './results.js';

/** One repetition of a scenario, judged. */
export interface Repeated {
  /** From 1. Those that did not end have numbers too. */
  number: number;
  results: ScenarioResults;
}

/**
 * One scenario out of its repetitions, in their order. What differs between them makes it `flaky`;
 * nothing is evened out. Shown is the first that failed, in a lab that did not if there is one, else the first.
 */
export function foldRepetitions(repetitions: readonly Repeated[]): ScenarioResults {
  const failed = repetitions.filter(({ results }) => results.outcome === 'failed');
  const shown = failed.find(({ results }) => !results.labFailed) ?? failed[0] ?? repetitions[0];
  if (!shown) throw new Error('a scenario without a repetition');
  const outcomes = new Set(repetitions.map(({ results }) => results.outcome));
  const reason = reasonOf(repetitions);
  return {
    ...shown.results,
    outcome: outcomes.size > 1 ? 'flaky' : shown.results.outcome,
    ...(reason && { reason }),
    durationMs: median(repetitions.map(({ results }) => results.durationMs)),
    repetitions: repetitions.map(toResults),
    shown: shown.number,
  };
}

/** How often it failed, and each different cause with the repetitions that had it. */
function reasonOf(repetitions: readonly Repeated[]): string | undefined {
  const causes = new Map<string, { reason: string; numbers: number[] }>();
  for (const { number, results } of repetitions) {
    if (results.outcome !== 'failed') continue;
    const { reason = '' } = results;
    const cause = causeOf(results);
    const known = causes.get(cause) ?? { reason, numbers: [] };
    known.numbers.push(number);
    causes.set(cause, known);
  }
  const failed = [...causes.values()];
  if (failed.length === 0) return repetitions[0]?.results.reason;
  const count = failed.reduce((sum, { numbers }) => sum + numbers.length, 0);
  const each = failed.map(({ reason, numbers }) => `${reason} (no. ${numbers.join(', ')})`);
  return `failed ${count} of ${repetitions.length} times: ${each.join('; ')}`;
}

function toResults({ number, results: { outcome, reason, durationMs } }: Repeated): RepetitionResults {
  if (outcome === 'flaky') throw new Error('a repetition is not repeated itself');
  return { number, outcome, ...(reason && { reason }), durationMs };
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
