import type { Site } from '../site/schema.js';
import { coverage } from './coverage.js';
import { foldRepetitions } from './repetitions.js';
import { type Missing, type RunResults, resultsSchemaName, type ScenarioResults } from './results.js';
import type { Repetition, RunLog } from './run-log.js';

/** A repetition that ended, judged. */
export interface JudgedRepetition {
  repetition: Repetition;
  results: ScenarioResults;
}

/** The results of a run out of its log and the verdict on each of its repetitions. */
export function assemble(log: RunLog, judged: readonly JudgedRepetition[]): RunResults {
  const { run, end, sites } = log;
  const byScenario = new Map<string, JudgedRepetition[]>();
  for (const one of judged) {
    const known = byScenario.get(one.results.id);
    if (known) known.push(one);
    else byScenario.set(one.results.id, [one]);
  }
  const scenarios = run.selected.flatMap((id) => {
    const own = (byScenario.get(id) ?? [])
      .map((one) => ({ ...one, number: one.repetition.begun.repetition ?? 1 }))
      .sort((a, b) => a.number - b.number);
    const [first] = own;
    if (!first) return [];
    const folded = run.repeat === undefined ? first.results : foldRepetitions(own);
    return [{ ...folded, site: first.repetition.begun.site }];
  });
  const missing = missingOf(log);
  return {
    schema: resultsSchemaName,
    engine: run.engine,
    edition: run.edition,
    startedAt: run.startedAt,
    durationMs: end?.durationMs ?? judged.reduce((sum, { results }) => sum + results.durationMs, 0),
    ...(missing && { partial: true, missing }),
    ...(run.shard && { shard: { index: run.shard.index, total: run.shard.total } }),
    ...(run.repeat !== undefined && { repeat: run.repeat }),
    ...(run.seed !== undefined && { seed: run.seed }),
    ...(run.weaknesses && { weaknesses: run.weaknesses }),
    summary: summarise(scenarios),
    scenarios,
    requirements: coverage(scenarios, { edition: run.edition, sites }),
    sites: sitesOf(scenarios, sites),
  };
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

/** In the order of the scenarios, so that it does not follow from which of them ended first. */
function sitesOf(scenarios: readonly ScenarioResults[], sites: RunLog['sites']): Record<string, Site> {
  const used = scenarios.flatMap(({ site }) => {
    const found = site === undefined ? undefined : sites.get(site);
    return site !== undefined && found ? [[site, found] as const] : [];
  });
  return Object.fromEntries(used);
}

function missingOf({ run, repetitions, end }: RunLog): Missing | undefined {
  const begun = new Set(repetitions.map((repetition) => repetition.begun.scenario));
  const underWay = repetitions.filter(({ ended }) => !ended).map((repetition) => repetition.begun.scenario);
  const shards = run.absentShards?.numbers ?? [];
  const planned = run.shard?.scenarios ?? run.selected;
  const notStarted = planned.filter((id) => !begun.has(id));
  const why = whyOf(end, shards);
  const words = end?.engineGone;
  return (
    why && {
      why,
      ...(words !== undefined && { words }),
      underWay: [...new Set(underWay)],
      notStarted,
      shards,
    }
  );
}

function whyOf(end: RunLog['end'], shards: readonly number[]): Missing['why'] | undefined {
  if (!end) return 'killed';
  if (end.interrupted) return 'interrupted';
  if (end.engineGone !== undefined) return 'engine-gone';
  return shards.length > 0 ? 'shards' : undefined;
}
