import type { Engine } from '../engines/engine.js';
import type { LabEvent } from '../evidence/event.js';
import { edition } from '../requirements/catalogue.js';
import type { LoadedScenario } from '../scenario/load.js';
import type { Site } from '../site/schema.js';
import { coverage } from '../verdict/coverage.js';
import { type RunResults, resultsSchemaName, type ScenarioResults } from '../verdict/results.js';
import { keyOf, Output } from './output.js';
import { finishAll } from './pool.js';

export interface RunOptions {
  scenarios: readonly LoadedScenario[];
  engine: Engine;
  /** Folder for events.jsonl, results.json and the artefacts. */
  out: string;
  workers: number;
  signal?: AbortSignal;
  onProgress?(progress: Progress): void;
  /** Files to write beside `results.json`, by name: reports in the formats the caller wants. */
  artefacts?(results: RunResults, events: readonly LabEvent[]): Record<string, string>;
}

/** `done` counts finished scenarios, this one included when it has finished. */
export interface Progress {
  kind: 'started' | 'finished';
  scenario: { id: string; title: string };
  outcome?: ScenarioResults['outcome'];
  reason?: string;
  durationMs?: number;
  done: number;
  total: number;
}

/**
 * Runs scenarios and writes their evidence, results and reports. Interrupted by `signal`, it writes
 * what has finished, marked as partial.
 * @throws OutputError where the folder cannot be written
 */
export async function run(options: RunOptions): Promise<RunResults> {
  const { scenarios, engine, signal, onProgress } = options;
  const started = Date.now();
  await using output = await Output.open(options.out);
  const finished = new Map<string, ScenarioResults>();
  const sites: Record<string, Site> = {};
  const events: LabEvent[] = [];
  const total = scenarios.length;
  await finishAll(scenarios, {
    engine,
    workers: options.workers,
    startAt: started,
    signal,
    onStarted: ({ id, title }) =>
      onProgress?.({ kind: 'started', scenario: { id, title }, done: finished.size, total }),
    onFinished: async ({ id, title, site }, { results, events: evidence }) => {
      const key = keyOf(site);
      sites[key] = site;
      finished.set(id, { ...results, site: key });
      events.push(...evidence);
      await output.append(evidence);
      const { outcome, reason, durationMs } = results;
      const progress = { outcome, reason, durationMs, done: finished.size, total };
      onProgress?.({ kind: 'finished', scenario: { id, title }, ...progress });
    },
  });
  const inOrder = scenarios.flatMap(({ scenario }) => finished.get(scenario.id) ?? []);
  const results: RunResults = {
    schema: resultsSchemaName,
    engine: engine.name,
    edition,
    startedAt: new Date(started).toISOString(),
    durationMs: Date.now() - started,
    ...(signal?.aborted && { partial: true }),
    summary: summarise(inOrder),
    scenarios: inOrder,
    requirements: coverage(inOrder),
    sites,
  };
  await output.write('results.json', `${JSON.stringify(results, null, 2)}\n`);
  const artefacts = options.artefacts?.(results, events) ?? {};
  for (const [name, text] of Object.entries(artefacts)) await output.write(name, text);
  await output.commit();
  return results;
}

export function summarise(scenarios: readonly ScenarioResults[]): RunResults['summary'] {
  const count = (outcome: ScenarioResults['outcome']) =>
    scenarios.filter((scenario) => scenario.outcome === outcome).length;
  return {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    flaky: count('flaky'),
  };
}
