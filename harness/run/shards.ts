import type { LoadedScenario } from '../../model/scenario/load.js';
import { keyOf } from './output.js';

/** One part of a run that is divided over machines. */
export interface Shard {
  /** From 1. */
  index: number;
  total: number;
  /** Every scenario of the run, this shard's and the others'. */
  selected: readonly string[];
  /** Equal for all shards that were divided in the same way. */
  plan: string;
}

export interface ShardOf {
  index: number;
  total: number;
  /** Scenario id → milliseconds, from an earlier run. Those it does not know count as its median. */
  durations: ReadonlyMap<string, number>;
}

/**
 * This shard's scenarios, in their order. Shards take about equally long: the longest scenario
 * first, each to the shard with the least to do (longest processing time first). The same scenarios
 * and durations give the same shards on every machine.
 */
export function shardOf(
  scenarios: readonly LoadedScenario[],
  { index, total, durations }: ShardOf,
): { shard: Shard; scenarios: LoadedScenario[] } {
  const shards = divide(
    scenarios.map(({ scenario }) => scenario.id),
    total,
    durations,
  );
  const own = new Set(shards[index - 1]);
  return {
    shard: { index, total, selected: scenarios.map(({ scenario }) => scenario.id), plan: keyOf(shards) },
    scenarios: scenarios.filter(({ scenario }) => own.has(scenario.id)),
  };
}

/** The ids of each shard, longest first. */
export function divide(
  ids: readonly string[],
  total: number,
  durations: ReadonlyMap<string, number>,
): string[][] {
  const known = ids.flatMap((id) => durations.get(id) ?? []).sort((a, b) => a - b);
  const usual = known[Math.floor(known.length / 2)] ?? 1;
  const weighed = ids
    .map((id) => ({ id, weight: durations.get(id) ?? usual }))
    .sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));
  const shards = Array.from({ length: total }, (): { ids: string[]; weight: number } => ({
    ids: [],
    weight: 0,
  }));
  for (const { id, weight } of weighed) {
    const least = shards.reduce((a, b) => (fuller(b, a) ? a : b));
    least.ids.push(id);
    least.weight += weight;
  }
  return shards.map((shard) => shard.ids);
}

/** Scenarios that take no measurable time are spread by their number. */
function fuller(a: { ids: string[]; weight: number }, b: { ids: string[]; weight: number }): boolean {
  return a.weight !== b.weight ? a.weight > b.weight : a.ids.length >= b.ids.length;
}
