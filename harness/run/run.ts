import { edition as theEdition } from '../../model/requirements/catalogue.js';
import type { LoadedScenario } from '../../model/scenario/load.js';
import type { Scenario } from '../../model/scenario/scenario.js';
import { assemble } from '../../model/verdict/assemble.js';
import { citedEvidence } from '../../model/verdict/judge-log.js';
import type { RunResults, ScenarioResults } from '../../model/verdict/results.js';
import {
  LogBuilder,
  type LogLine,
  logSchemaName,
  type RunLine,
  repetitionKey,
  type ScenarioLine,
} from '../../model/verdict/run-log.js';
import { type Engine, NoEngineError } from '../engines/engine.js';
import { type Artefacts, keyOf, Output } from './output.js';
import type { PlayOptions } from './play.js';
import { finishAll } from './pool.js';
import type { Task } from './runner.js';
import type { Shard } from './shards.js';
import { shuffler } from './shuffle.js';

export interface RunOptions {
  /** Those to run, in the order of reports. */
  scenarios: readonly LoadedScenario[];
  engine: Engine;
  /** Whose requirements are counted, each site being judged by its own; absent: those of the one that counts. */
  edition?: string;
  /** Folder for events.jsonl, results.json and the artefacts. */
  out: string;
  workers: number;
  /** Which part of all selected ones `scenarios` is. */
  shard?: Shard;
  /** How often each is run; absent for once. */
  repeat?: number;
  /** Scenarios are started in an order that follows from it; absent for that of reports. */
  seed?: number;
  signal?: AbortSignal;
  /** Labs of scenarios that fail stay; told how to get in. */
  onKept?: PlayOptions['onKept'];
  onProgress?(progress: Progress): void;
  /** Adds what can be said beside other runs. */
  compare?(results: RunResults): RunResults;
  /** Files to write beside `results.json`. */
  artefacts?: Artefacts;
}

/** `done` counts what has finished, this one included when it has. */
export interface Progress {
  kind: 'started' | 'finished';
  scenario: { id: string; title: string };
  repetition?: number;
  outcome?: ScenarioResults['outcome'];
  reason?: string;
  durationMs?: number;
  done: number;
  total: number;
}

/**
 * Runs scenarios and writes their evidence, results and reports. Interrupted by `signal`, or when the
 * engine goes, it writes what has finished, marked as partial. Whatever ends the process, the log holds what had finished
 * until then, and which scenarios were under way.
 * @throws OutputError where the folder cannot be written
 */
export async function run(options: RunOptions): Promise<RunResults> {
  const { engine, signal, onProgress } = options;
  const started = Date.now();
  // Clocks of computers jump; this one does not.
  const begun = performance.now();
  await using output = await Output.open(options.out);
  const log = new LogBuilder();
  const write = (lines: readonly LogLine[]) => {
    for (const line of lines) log.add(line);
    return output.append(lines);
  };
  await write([runLine(options, started)]);
  const judged = new Map<string, ScenarioResults>();
  const sites = new Set<string>();
  const tasks = tasksOf(options);
  const total = tasks.length;
  const gone = await finishAll(tasks, {
    engine,
    workers: options.workers,
    startAt: started,
    signal,
    onKept: options.onKept,
    onStarted: async ({ scenario, repetition }) => {
      const { id, title, site } = scenario;
      const key = keyOf(site);
      const siteLine: LogLine[] = sites.has(key) ? [] : [{ kind: 'site', key, site }];
      sites.add(key);
      await write([...siteLine, scenarioLine(scenario, key, repetition)]);
      onProgress?.({ kind: 'started', scenario: { id, title }, repetition, done: judged.size, total });
    },
    onFinished: async ({ scenario: { id, title }, repetition }, { results, events, ended }) => {
      const stamp = repetition === undefined ? {} : { repetition };
      const evidence = events.map((event) => Object.assign(event, stamp));
      await write([...evidence, { kind: 'scenario-end', scenario: id, ...stamp, ...ended }]);
      judged.set(repetitionKey({ scenario: id, repetition }), results);
      const { outcome, reason, durationMs } = results;
      const progress = { repetition, outcome, reason, durationMs, done: judged.size, total };
      onProgress?.({ kind: 'finished', scenario: { id, title }, ...progress });
    },
  }).then(() => undefined, engineGone);
  const durationMs = Math.round(performance.now() - begun);
  await write([{ kind: 'run-end', durationMs, ...(signal?.aborted && { interrupted: true }), ...gone }]);
  const whole = log.log();
  const assembled = assemble(
    whole,
    whole.repetitions.flatMap((repetition) => {
      const found = judged.get(repetitionKey(repetition.begun));
      return found ? [{ repetition, results: found }] : [];
    }),
  );
  const results = options.compare?.(assembled) ?? assembled;
  await output.writeResults(results, citedEvidence(results, whole.repetitions), options.artefacts);
  await output.commit();
  return results;
}

function runLine(
  { scenarios, engine, edition = theEdition, shard, repeat, seed }: RunOptions,
  started: number,
): RunLine {
  const own = scenarios.map(({ scenario }) => scenario.id);
  return {
    kind: 'run',
    schema: logSchemaName,
    engine: engine.name,
    edition,
    startedAt: new Date(started).toISOString(),
    selected: shard ? [...shard.selected] : own,
    ...(shard && { shard: { index: shard.index, total: shard.total, plan: shard.plan, scenarios: own } }),
    ...(repeat !== undefined && { repeat }),
    ...(seed !== undefined && { seed }),
    ...(engine.weaknesses?.length && { weaknesses: [...engine.weaknesses] }),
  };
}

function scenarioLine(scenario: Scenario, site: string, repetition?: number): ScenarioLine {
  const { id, title, proves, measured, change, expect, control, restore } = scenario;
  return {
    kind: 'scenario',
    scenario: id,
    ...(repetition !== undefined && { repetition }),
    title,
    proves: [...proves],
    ...(measured && { measured }),
    site,
    claim: {
      change: change.map(({ describe, exercised }) => ({ describe, exercised })),
      expect,
      ...(control && { control }),
      ...(restore && { restore }),
    },
  };
}

/** An engine that has gone ends a run like an interruption: what had finished is written. */
function engineGone(error: unknown): { engineGone: string } {
  if (error instanceof NoEngineError) return { engineGone: error.message };
  throw error;
}

/** Repetitions go round by round, so that each has other neighbours in time. */
function tasksOf({ scenarios, repeat, seed }: RunOptions): Task[] {
  const order = seed === undefined ? undefined : shuffler(seed);
  const round = () => order?.(scenarios) ?? [...scenarios];
  if (repeat === undefined) return round();
  return Array.from({ length: repeat }, (_, index) =>
    round().map((loaded) => ({ ...loaded, repetition: index + 1 })),
  ).flat();
}
