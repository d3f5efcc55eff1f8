import { printable } from '../../model/evidence/printable.js';
import type { RunResults } from '../../model/verdict/results.js';
import { type Case, casesOf } from '../contract/cases.js';
import { closingSentence } from '../contract/closing.js';

/** The version of the Common Test Report Format (ctrf.io) that is written. */
const specVersion = '0.0.0';

/**
 * CTRF JSON: one test a scenario. A failure that was declared or known is `other`, so that whoever
 * counts `failed` counts what the exit code counts; what should have run and did not has failed.
 */
export function renderCtrf(results: RunResults): string {
  const { startedAt, durationMs, engine, edition, summary, shard } = results;
  const cases = casesOf(results);
  const tests = cases.map(toTest);
  const count = (status: Status) => tests.filter((test) => test.status === status).length;
  const start = Date.parse(startedAt);
  const report = {
    reportFormat: 'CTRF',
    specVersion,
    timestamp: startedAt,
    generatedBy: 'connector-lab',
    results: {
      tool: { name: 'connector-lab' },
      summary: {
        tests: tests.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: 0,
        other: count('other'),
        flaky: summary.flaky,
        start,
        stop: start + Math.round(durationMs),
        duration: Math.round(durationMs),
      },
      tests,
      extra: { engine, edition, ...(shard && { shard }), says: closingSentence(results) },
    },
  };
  const shown = (_key: string, one: unknown) =>
    typeof one === 'string' ? one.replace(/[^\n]+/g, printable) : one;
  return `${JSON.stringify(report, shown, 2)}\n`;
}

type Status = 'passed' | 'failed' | 'skipped' | 'other';

const statuses: Record<Case['status'], Status> = {
  passed: 'passed',
  failed: 'failed',
  tolerated: 'other',
  skipped: 'skipped',
  missing: 'failed',
};

function toTest({ id, title, status, message, durationMs, scenario }: Case) {
  const [area = ''] = id.split('/');
  return {
    name: id,
    status: statuses[status],
    duration: Math.round(durationMs),
    suite: [area],
    ...(message && { message }),
    rawStatus: status === 'missing' ? 'not run' : (scenario?.outcome ?? status),
    ...(scenario && scenario.proves.length > 0 && { tags: scenario.proves }),
    flaky: scenario?.outcome === 'flaky',
    extra: {
      title,
      ...(scenario?.repetitions && { repetitions: scenario.repetitions }),
      ...(scenario?.expectedFailure && { expectedFailure: scenario.expectedFailure }),
    },
  };
}
