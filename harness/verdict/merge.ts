import type { Playing, RunLine, RunLog } from './run-log.js';

/** Logs that are not parts of one run; the message names both and what differs. */
export class MergeError extends Error {
  override readonly name = 'MergeError';
}

/** A log, and what to call it in messages. */
export interface NamedLog {
  name: string;
  log: RunLog;
}

/**
 * One log out of several: shards of a run, or runs of different scenarios. Each scenario is in one of
 * them only. It began when the first began and took as long as the longest, since shards run at the
 * same time.
 * @throws MergeError
 */
export function mergeLogs(parts: readonly NamedLog[]): RunLog {
  const [first] = parts;
  if (!first) throw new MergeError('nothing to merge');
  if (parts.length === 1) return first.log;
  for (const part of parts.slice(1)) checkSame(first, part);
  checkShards(parts);
  checkOnce(parts);
  const runs = parts.map(({ log }) => log.run);
  const selected = [...new Set(runs.flatMap((run) => run.selected))];
  const place = new Map(selected.map((id, index) => [id, index]));
  const playings = parts
    .flatMap(({ log }) => log.playings)
    .sort((a, b) => (place.get(a.begun.scenario) ?? 0) - (place.get(b.begun.scenario) ?? 0) || byRound(a, b));
  const ends = parts.flatMap(({ log }) => log.end ?? []);
  const gone = ends.find(({ engineGone }) => engineGone !== undefined)?.engineGone;
  const { engine, edition, schema, repeat, seed } = first.log.run;
  const absentShards = absentOf(runs);
  return {
    run: {
      ...{ kind: 'run', schema, engine, edition },
      startedAt: runs.map(({ startedAt }) => startedAt).sort()[0] ?? first.log.run.startedAt,
      selected,
      ...(absentShards.length > 0 && { absentShards }),
      ...(repeat !== undefined && { repeat }),
      ...(seed !== undefined && { seed }),
    },
    sites: new Map(parts.flatMap(({ log }) => [...log.sites])),
    playings,
    ...(ends.length === parts.length && {
      end: {
        kind: 'run-end',
        durationMs: Math.max(...ends.map(({ durationMs }) => durationMs)),
        ...(ends.some(({ interrupted }) => interrupted) && { interrupted: true }),
        ...(gone !== undefined && { engineGone: gone }),
      },
    }),
  };
}

function checkSame(first: NamedLog, other: NamedLog): void {
  const [a, b] = [first.log.run, other.log.run];
  const differ = (what: string, mine: unknown, theirs: unknown) => {
    if (mine !== theirs)
      throw new MergeError(
        `cannot merge different ${what}: ${first.name} has ${mine ?? 'none'}, ${other.name} has ${theirs ?? 'none'}`,
      );
  };
  for (const { name, log } of [first, other])
    if (log.run.check !== undefined)
      throw new MergeError(`${name} is of check, about one site; only runs of scenarios are merged`);
  differ('engines', a.engine, b.engine);
  differ('editions of the requirements page', a.edition, b.edition);
  differ('numbers of repetitions', a.repeat, b.repeat);
  differ('seeds', a.seed, b.seed);
}

function checkShards(parts: readonly NamedLog[]): void {
  const seen = new Map<number, string>();
  const shards = parts.flatMap(({ name, log }) => (log.run.shard ? [{ name, ...log.run.shard }] : []));
  const [first] = shards;
  if (!first) return;
  const whole = parts.find(({ log }) => !log.run.shard);
  if (whole)
    throw new MergeError(`cannot merge ${first.name}, which is a shard, with ${whole.name}, which is none`);
  for (const { name, index, total, plan } of shards) {
    const twin = seen.get(index);
    if (twin !== undefined) throw new MergeError(`${twin} and ${name} are both shard ${index}/${total}`);
    seen.set(index, name);
    if (total !== first.total || plan !== first.plan)
      throw new MergeError(
        `${first.name} (shard ${first.index}/${first.total}) and ${name} (shard ${index}/${total}) were not divided in the same way; give every shard the same patterns, the same number of shards and the same --durations`,
      );
  }
}

function checkOnce(parts: readonly NamedLog[]): void {
  const owners = new Map<string, string>();
  for (const { name, log } of parts)
    for (const id of new Set(log.playings.map(({ begun }) => begun.scenario))) {
      const owner = owners.get(id);
      if (owner !== undefined)
        throw new MergeError(
          `${id} is in ${owner} and in ${name}; a merge takes each scenario from one of them (run --repeat is for several times)`,
        );
      owners.set(id, name);
    }
}

function absentOf(runs: readonly RunLine[]): number[] {
  const total = runs[0]?.shard?.total ?? 0;
  const present = new Set(runs.map(({ shard }) => shard?.index));
  return Array.from({ length: total }, (_, index) => index + 1).filter((index) => !present.has(index));
}

function byRound(a: Playing, b: Playing): number {
  return (a.begun.repetition ?? 1) - (b.begun.repetition ?? 1);
}
