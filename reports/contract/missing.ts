import type { Missing } from '../../model/verdict/results.js';

/** Why a run is partial, as the end of a sentence: `the run was killed`. */
export function whyMissing({ why, words, shards }: Pick<Missing, 'why' | 'words' | 'shards'>): string {
  switch (why) {
    case 'killed':
      return 'the run was killed';
    case 'interrupted':
      return 'the run was interrupted';
    case 'engine-gone':
      return words ?? 'the engine stopped answering';
    case 'shards':
      return absentInWords(shards);
  }
}

/** What a partial run lacks: `the run was killed; under way: tls/last; 20 scenarios not run`. */
export function missingInWords(missing: Missing): string {
  const { why, underWay, notStarted, shards } = missing;
  return [
    whyMissing(missing),
    ...(why !== 'shards' && shards.length > 0 ? [absentInWords(shards)] : []),
    ...(underWay.length > 0 ? [`under way: ${underWay.join(', ')}`] : []),
    ...(notStarted.length > 0
      ? [`${notStarted.length} scenario${notStarted.length === 1 ? '' : 's'} not run`]
      : []),
  ].join('; ');
}

function absentInWords(shards: readonly number[]): string {
  return `shard ${shards.join(', ')} is not here`;
}
