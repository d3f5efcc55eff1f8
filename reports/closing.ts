import type { Missing, RunResults } from '../harness/verdict/results.js';
import { standingsOf } from '../harness/verdict/unexpected.js';

/** The run in one sentence, which says the same as the exit code. */
export function closingSentence(results: RunResults): string {
  const { missing, baseline } = results;
  const standings = [...standingsOf(results).values()];
  const unexpected = standings.filter((standing) => standing === 'unexpected').length;
  const tolerated = standings.filter((standing) => standing === 'tolerated').length;
  const expected = !baseline
    ? 'what is expected'
    : baseline.of
      ? 'the baseline'
      : 'what is expected and declared';
  const deviate = `${unexpected === 0 ? 'Nothing deviates' : `${scenarios(unexpected)} deviate${unexpected === 1 ? 's' : ''}`} from ${expected}`;
  const fail =
    tolerated === 0 ? '' : `; ${tolerated} fail${tolerated === 1 ? 's' : ''} as declared or as before`;
  return `${missing ? `Partial: ${missingInWords(missing)}. ` : ''}${deviate}${fail}.`;
}

/** What a partial run lacks: `the run was killed; 1 scenario was under way, 20 had not begun`. */
export function missingInWords({ why, words, underWay, notStarted, shards }: Missing): string {
  const what = {
    killed: 'the run was killed',
    interrupted: 'the run was interrupted',
    'engine-gone': words ?? 'the engine stopped answering',
    shards: `shard ${shards.join(', ')} is not here`,
  }[why];
  const parts = [
    ...(why !== 'shards' && shards.length > 0 ? [`shard ${shards.join(', ')} is not here`] : []),
    ...(underWay.length > 0 ? [`under way: ${underWay.join(', ')}`] : []),
    ...(notStarted.length > 0 ? [`${scenarios(notStarted.length)} not run`] : []),
  ];
  return [what, ...parts].join('; ');
}

function scenarios(count: number): string {
  return `${count} scenario${count === 1 ? '' : 's'}`;
}
