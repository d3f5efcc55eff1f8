import type { Repetition, RunLine, RunLog } from './run-log.js';

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
  const repetitions = parts
    .flatMap(({ log }) => log.repetitions)
    .sort((a, b) => (place.get(a.begun.scenario) ?? 0) - (place.get(b.begun.scenario) ?? 0) || byRound(a, b));
  const ends = parts.flatMap(({ log }) => log.end ?? []);
  const gone = ends.find(({ engineGone }) => engineGone !== undefined)?.engineGone;
  const { engine, edition, schema, repeat, seed } = first.log.run;
  const absentShards = absentOf(runs);
  const weaknesses = [...new Set(runs.flatMap((run) => run.weaknesses ?? []))];
  return {
    run: {
      ...{ kind: 'run', schema, engine, edition },
      startedAt: runs.map(({ startedAt }) => startedAt).sort()[0] ?? first.log.run.startedAt,
      selected,
      ...(absentShards && { absentShards }),
      ...(repeat !== undefined && { repeat }),
      ...(seed !== undefined && { seed }),
      ...(weaknesses.length > 0 && { weaknesses }),
    },
    sites: new Map(parts.flatMap(({ log }) => [...log.sites])),
    repetitions,
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
  const divided = parts.flatMap(({ name, log }) => {
    const division = divisionOf(log.run);
    return division ? [{ name, shard: log.run.shard, ...division }] : [];
  });
  const [first] = divided;
  const whole = parts.find(({ log }) => !divisionOf(log.run));
  const one = divided.find(({ shard }) => shard);
  if (whole && one)
    throw new MergeError(`cannot merge ${one.name}, which is a shard, with ${whole.name}, which is none`);
  for (const [position, part] of divided.entries()) {
    if (first && part.plan !== first.plan)
      throw new MergeError(
        `${first.name} (${first.words}) and ${part.name} (${part.words}) were not divided in the same way; give every shard the same patterns, the same number of shards and the same --durations`,
      );
    const { shard, name, words } = part;
    const twin = divided.find((other, at) => shard && other.shard?.index === shard.index && at < position);
    if (twin) throw new MergeError(`${twin.name} and ${name} are both ${words}`);
    const holder = divided.find((other) => shard && !other.shard && !other.absent.includes(shard.index));
    if (holder) throw new MergeError(`${holder.name} holds ${words} already, and ${name} is that`);
  }
}

/** How the run that this is a part of was divided, and which shards are not in it. */
function divisionOf({ shard, absentShards }: RunLine) {
  if (shard) {
    const { index, total, plan } = shard;
    const others = Array.from({ length: total }, (_, at) => at + 1).filter((number) => number !== index);
    return { plan, absent: others, words: `shard ${index}/${total}` };
  }
  if (!absentShards) return undefined;
  const { plan, numbers } = absentShards;
  return { plan, absent: numbers, words: `without shard ${numbers.join(', ')}` };
}

function checkOnce(parts: readonly NamedLog[]): void {
  const owners = new Map<string, string>();
  for (const { name, log } of parts)
    for (const id of new Set(log.repetitions.map(({ begun }) => begun.scenario))) {
      const owner = owners.get(id);
      if (owner !== undefined)
        throw new MergeError(
          `${id} is in ${owner} and in ${name}; a merge takes each scenario from one of them (run --repeat is for several times)`,
        );
      owners.set(id, name);
    }
}

/** Those that are in none of the parts. */
function absentOf(runs: readonly RunLine[]): RunLine['absentShards'] {
  const [first, ...more] = runs.flatMap((run) => divisionOf(run) ?? []);
  const numbers = first?.absent.filter((number) => more.every(({ absent }) => absent.includes(number))) ?? [];
  return first && numbers.length > 0 ? { plan: first.plan, numbers } : undefined;
}

function byRound(a: Repetition, b: Repetition): number {
  return (a.begun.repetition ?? 1) - (b.begun.repetition ?? 1);
}
