import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { type CompareOptions, compareWithBaseline } from '../../model/verdict/baseline.js';
import { readExpectedFailures } from '../../model/verdict/read-expected.js';
import { readResultsFile } from '../../model/verdict/read-results.js';
import type { BaselineResults, RunResults } from '../../model/verdict/results.js';
import { isFailure } from '../../model/verdict/unexpected.js';
import { replaceFile, writeAnew } from '../run/anew.js';
import { OutputError } from '../run/output-error.js';
import { UsageError } from './usage-error.js';

export interface BaselineFlags {
  baseline?: string;
  expectedFailures?: string;
  updateBaseline?: true;
  slowerThan: number;
}

/** The comparison with earlier runs that the flags ask for. */
export interface Comparison {
  compare(results: RunResults): RunResults;
  /** After the run: writes the new baseline where that was asked for; says what it did, in lines. */
  finish(): Promise<string[]>;
}

/** Ids of scenarios. */
interface Scenarios {
  /** All that exist, where they are known. */
  known?: readonly string[];
  /** Those of this run. */
  selected: readonly string[];
}

/**
 * @throws ResultsFileError, UsageError
 * @throws OutputError where the next baseline could not be written: before the run, not after it
 */
export async function comparison(flags: BaselineFlags, { known, selected }: Scenarios): Promise<Comparison> {
  const { baseline: file, expectedFailures, updateBaseline, slowerThan } = flags;
  const isThere = file !== undefined && existsSync(file);
  if (file !== undefined && !isThere && !updateBaseline)
    throw new UsageError(`${file}: there is no such file; --update-baseline makes it`);
  const baseline = isThere ? await readResultsFile(file) : undefined;
  if (baseline && file !== undefined) refuseOthers(file, baseline, selected);
  if (updateBaseline && file !== undefined) await tryToWrite(file);
  const expected =
    expectedFailures === undefined ? undefined : await readExpectedFailures(expectedFailures, known);
  const options: CompareOptions = { baseline, expected, slowerFactor: slowerThan };
  const withOptions = (results: RunResults) =>
    baseline || expected ? compareWithBaseline(results, options) : results;
  if (!updateBaseline || file === undefined) return { compare: withOptions, finish: async () => [] };
  let next: RunResults | undefined;
  let lines: string[] = [];
  return {
    compare: (results) => {
      const compared = withOptions(results);
      const refusals = whyNoBaseline(compared);
      if (refusals.length > 0) {
        lines = ['Baseline not updated:', ...refusals.map((one) => `  ${one}`)];
        return compared;
      }
      next = asBaseline(compared);
      lines = [`Baseline ${baseline ? 'updated' : 'created'}: ${file}`, ...acceptedLines(compared.baseline)];
      // The first one stands beside nothing.
      if (!baseline) return compared;
      // What was just accepted is no deviation any more, in no report.
      return compareWithBaseline(results, { ...options, baseline: next });
    },
    finish: async () => {
      if (next) await replaceFile(file, `${JSON.stringify(next, null, 2)}\n`, '--baseline');
      return lines;
    },
  };
}

/** A baseline holds whole runs, and no failure without a reason and an end. */
function whyNoBaseline({ partial, shard, scenarios, baseline }: RunResults): string[] {
  if (partial) return ['this run is partial'];
  if (shard) return ['this is one shard; connector-lab report merges them all, and takes --update-baseline'];
  const expired = new Set(
    baseline?.changes.filter(({ change }) => change === 'expired').map(({ scenario }) => scenario),
  );
  return scenarios.flatMap(({ id, outcome, expectedFailure }) => {
    if (!isFailure(outcome)) return [];
    if (!expectedFailure) return [`${id} is ${outcome}: mend it, or declare it with --expected-failures`];
    return expired.has(id) ? [`${id} was declared until ${expectedFailure.until}, which is over`] : [];
  });
}

/** A declaration for a scenario that passes has done its service. */
function asBaseline({ baseline: _, ...results }: RunResults): RunResults {
  const scenarios = results.scenarios.map(({ expectedFailure, ...scenario }) =>
    expectedFailure && scenario.outcome !== 'passed' ? { ...scenario, expectedFailure } : scenario,
  );
  return { ...results, scenarios };
}

function acceptedLines(baseline: BaselineResults | undefined): string[] {
  return (baseline?.changes ?? [])
    .filter(({ change }) => change !== 'known' && change !== 'expected')
    .map(({ scenario, change, now }) => `  ${change}: ${scenario}: ${now}`);
}

/** Beside results of nothing that runs, all would be as before. @throws UsageError */
function refuseOthers(file: string, { scenarios }: RunResults, selected: readonly string[]): void {
  const wanted = new Set(selected);
  if (selected.length === 0 || scenarios.some(({ id }) => wanted.has(id))) return;
  const few = scenarios.slice(0, 3).map(({ id }) => id);
  const more = scenarios.length > few.length ? ` and ${scenarios.length - few.length} more` : '';
  const held = few.length > 0 ? `it holds ${few.join(', ')}${more}` : 'it holds none at all';
  throw new UsageError(`${file} is of other scenarios than this run: ${held}`);
}

/** @throws OutputError */
async function tryToWrite(file: string): Promise<void> {
  try {
    await writeAnew(`${file}.partial`, '');
    await rm(`${file}.partial`);
  } catch (error) {
    throw new OutputError(file, error, '', '--baseline');
  }
}
