import type { RunResults } from '../../model/verdict/results.js';
import { standingsOf } from '../../model/verdict/unexpected.js';
import { missingInWords } from './missing.js';

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

function scenarios(count: number): string {
  return `${count} scenario${count === 1 ? '' : 's'}`;
}
