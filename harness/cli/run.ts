import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { edition as theEdition } from '../../model/requirements/catalogue.js';
import type { PublicDate } from '../../model/requirements/editions/dates.js';
import type { LoadedScenario } from '../../model/scenario/load.js';
import { selectScenarios } from '../../model/scenario/select.js';
import { judgeLog } from '../../model/verdict/judge-log.js';
import { readResults, readResultsFile } from '../../model/verdict/read-results.js';
import type { RunResults } from '../../model/verdict/results.js';
import { LogBuilder, logSchemaName } from '../../model/verdict/run-log.js';
import { isFailure } from '../../model/verdict/unexpected.js';
import type { EngineName } from '../engines/select.js';
import { type RunOptions, run as runScenarios } from '../run/run.js';
import { shardOf } from '../run/shards.js';
import { announce } from './announce.js';
import { artefacts } from './artefacts.js';
import { type BaselineFlags, comparison } from './baseline.js';
import { loadCatalogue } from './catalogue.js';
import { closingLines, exitCodeOf } from './closing.js';
import { exitCodes } from './exit-codes.js';
import { openEngine } from './open-engine.js';
import { ProgressLines } from './progress.js';

export interface RunFlags extends BaselineFlags {
  requirement?: string;
  failed?: true;
  workers?: number;
  shard?: { index: number; total: number };
  durations?: string;
  repeat?: number;
  seed?: number;
  edition: PublicDate;
  engine: EngineName;
  out: string;
  github?: true;
  pcap?: true;
  keep?: true;
  json?: true;
  signal: AbortSignal;
}

/** `connector-lab run`. */
export async function run(patterns: readonly string[], flags: RunFlags): Promise<number> {
  const { scenarios: all, end } = await loadCatalogue();
  const meant = selectScenarios(all, { patterns, requirement: flags.requirement });
  const earlier = flags.failed && (await readResults(flags.out));
  const failed = earlier && failedIds(earlier);
  const selected = failed ? meant.filter(({ scenario }) => failed.has(scenario.id)) : meant;
  if (selected.length === 0) {
    process.stderr.write(
      failed?.size
        ? `Nothing to run: none of these is meant: ${[...failed].join(', ')}, which failed or did not end last time.\n`
        : 'Nothing to run: no scenario failed last time.\n',
    );
    if (flags.json) process.stdout.write(`${JSON.stringify(nothingOf(earlier, flags.edition), null, 2)}\n`);
    return end(exitCodes.ok);
  }
  const part = flags.shard && shardOf(selected, { ...flags.shard, durations: await durationsFor(flags) });
  const ids = (loaded: readonly LoadedScenario[]) => loaded.map(({ scenario }) => scenario.id);
  const { compare, finish } = await comparison(flags, { known: ids(all), selected: ids(selected) });
  const results = await runSelected(part?.scenarios ?? selected, { ...flags, shard: part?.shard, compare });
  const more = await finish();
  if (flags.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  else process.stdout.write(`${closingLines(results, flags.out, more).join('\n')}\n`);
  await announce(results, flags);
  return end(exitCodeOf(results));
}

/**
 * How long each scenario took: in the file given, else in earlier results of a whole run in --out.
 * Earlier results of a shard are no measure: other shards would not see the same.
 */
async function durationsFor({ durations, out }: RunFlags): Promise<ReadonlyMap<string, number>> {
  if (durations !== undefined) return durationsOf(await readResultsFile(durations));
  if (!existsSync(join(out, 'results.json'))) return new Map();
  const earlier = await readResults(out);
  return earlier.shard || earlier.partial ? new Map() : durationsOf(earlier);
}

function durationsOf({ scenarios }: RunResults): ReadonlyMap<string, number> {
  return new Map(scenarios.map(({ id, durationMs }) => [id, durationMs]));
}

/** Runs scenarios with live progress. */
export async function runSelected(
  scenarios: readonly LoadedScenario[],
  flags: Pick<RunFlags, 'engine' | 'out' | 'workers' | 'repeat' | 'seed' | 'signal' | 'pcap' | 'keep'> &
    Pick<RunOptions, 'shard' | 'compare' | 'edition'>,
): Promise<RunResults> {
  await using engine = await openEngine(flags);
  const { shard, repeat, edition = theEdition } = flags;
  const count = [
    `${scenarios.length} scenario${scenarios.length === 1 ? '' : 's'}`,
    ...(shard ? [`of ${shard.selected.length}, shard ${shard.index} of ${shard.total},`] : []),
    ...(repeat === undefined ? [] : [`${repeat} times`]),
  ].join(' ');
  const other =
    engine.name === 'embedded'
      ? '--engine containers runs them on real machines'
      : '--engine embedded runs them in one process';
  process.stderr.write(
    `${count} on the ${engine.name} engine (${other}), for the requirements page of ${edition}\n`,
  );
  const progress = new ProgressLines();
  try {
    return await runScenarios({
      scenarios,
      engine,
      edition,
      out: flags.out,
      workers: flags.workers ?? availableParallelism(),
      shard,
      repeat,
      seed: flags.seed,
      signal: flags.signal,
      compare: flags.compare,
      artefacts,
      ...(flags.keep && { onKept: ({ id }, lines) => progress.note(keptWords(id, lines)) }),
      onProgress: (one) => progress.show(one),
    });
  } finally {
    progress.end();
  }
}

function keptWords(id: string, lines: readonly string[]): string {
  return [
    `The lab of ${id} stays as it was when it failed:`,
    ...lines.map((line) => `  ${line}`),
    '  connector-lab clean --kept removes it',
  ].join('\n');
}

/** Results of a run in which there was nothing to do, on the engine of the last one. */
function nothingOf(earlier: RunResults | undefined, edition: PublicDate): RunResults {
  const log = new LogBuilder();
  log.add({
    kind: 'run',
    schema: logSchemaName,
    engine: earlier?.engine ?? 'embedded',
    edition,
    startedAt: new Date().toISOString(),
    selected: [],
  });
  log.add({ kind: 'run-end', durationMs: 0 });
  return judgeLog(log.log());
}

/** What failed, and what the run did not come to. */
function failedIds({ scenarios, missing }: RunResults): ReadonlySet<string> {
  const failed = scenarios.filter(({ outcome }) => isFailure(outcome));
  return new Set([
    ...failed.map(({ id }) => id),
    ...(missing ? [...missing.underWay, ...missing.notStarted] : []),
  ]);
}
