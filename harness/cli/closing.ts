import { join, resolve } from 'node:path';
import pc from 'picocolors';
import { printable } from '../../model/evidence/printable.js';
import type { RunResults, ScenarioResults } from '../../model/verdict/results.js';
import { isAsExpected, standingsOf } from '../../model/verdict/unexpected.js';
import { renderCheck } from '../../reports/check/check.js';
import { closingSentence } from '../../reports/contract/closing.js';
import { exitCodes } from './exit-codes.js';

/**
 * The last lines of a command, for people. What the exit code says is in the last of a run's, and in the
 * first of a check's.
 */
export function closingLines(results: RunResults, out: string, more: readonly string[] = []): string[] {
  return results.check ? checkLines(results, out, more) : runLines(results, out, more);
}

function checkLines(results: RunResults, out: string, more: readonly string[]): string[] {
  return [
    renderCheck({ results, colour: pc.isColorSupported && process.stdout.isTTY }),
    ...baselineLines(results),
    ...more.map(printable),
    `Report   ${resolve(join(out, 'report.html'))}`,
    `Requests ${resolve(join(out, 'requests.txt'))}, and requests.csv beside it`,
  ];
}

function runLines(results: RunResults, out: string, more: readonly string[]): string[] {
  const { summary, scenarios, durationMs, shard } = results;
  const standings = standingsOf(results);
  // Beside a baseline they are told with what was before.
  const failed = results.baseline ? [] : scenarios.filter(({ id }) => standings.get(id) === 'unexpected');
  const counts = [
    `${summary.passed} passed, ${summary.failed} failed`,
    ...(summary.flaky > 0 ? [`${summary.flaky} flaky`] : []),
    `${summary.skipped} skipped`,
  ];
  const sentence = closingSentence(results);
  return [
    '',
    ...(failed.length > 0 ? [pc.red('Not as expected:'), ...failed.flatMap(inLines), ''] : []),
    ...baselineLines(results),
    ...(more.length > 0 ? [...more.map(printable), ''] : []),
    ...requirementLines(results),
    `Scenarios     ${counts.join(', ')} in ${(durationMs / 1000).toFixed(1)} s${shard ? ` (shard ${shard.index} of ${shard.total})` : ''}`,
    `Report        ${resolve(join(out, 'report.html'))}`,
    isAsExpected(results) ? sentence : pc.red(printable(sentence)),
  ];
}

/** The exit code that {@link closingLines} puts in words. */
export function exitCodeOf(results: RunResults): number {
  const outcome = results.check?.outcome;
  if (outcome === 'contradiction' || outcome === 'control-failed' || outcome === 'lab-failed')
    return exitCodes.defect;
  if (results.missing?.why === 'interrupted') return exitCodes.interrupted;
  if (results.missing?.why === 'engine-gone') return exitCodes.noEngine;
  return isAsExpected(results) ? exitCodes.ok : exitCodes.unexpected;
}

function inLines({ id, outcome, reason = '', repetitions }: ScenarioResults): string[] {
  const how = repetitions || outcome === 'skipped' ? ` (${outcome})` : '';
  return [`  ${id}${how}`, `    ${printable(reason)}`];
}

function requirementLines({ requirements }: RunResults): string[] {
  const count = (verdict: string, hidden: boolean) =>
    requirements.filter((one) => one.verdict === verdict && one.hidden === hidden).length;
  const tell = (hidden: boolean) =>
    `${count('holds', hidden)} hold, ${count('broken', hidden)} broken, ${count('unproven', hidden)} unproven`;
  return [`Requirements  ${tell(false)}`, `Beyond them   ${tell(true)}`];
}

/** Everything that differs from the baseline, whether or not it counts. */
function baselineLines({ baseline, engine, edition }: RunResults): string[] {
  if (!baseline) return [];
  const { of, changes, slowerFactor } = baseline;
  const other = of && [
    ...(of.engine === engine ? [] : [`the ${of.engine} engine, not ${engine}`]),
    ...(of.edition === edition ? [] : [`the edition of ${of.edition}, not ${edition}`]),
  ];
  const head = of
    ? `Beside the run of ${of.startedAt.slice(0, 16).replace('T', ' ')} UTC${other?.length ? ` (on ${other.join(', ')})` : ''}, slower meaning more than ${slowerFactor} times as long:`
    : 'Beside what is declared to fail:';
  if (changes.length === 0) return of ? [head, '  all as before', ''] : [];
  return [
    head,
    ...changes.map(
      ({ scenario, change, deviates, now }) =>
        `  ${deviates ? pc.red(change) : change}  ${scenario}\n    ${printable(now)}`,
    ),
    '',
  ];
}
