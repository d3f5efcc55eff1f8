import type { RunResults } from '../../model/verdict/results.js';
import { standingsOf } from '../../model/verdict/unexpected.js';
import { checkSentence } from './check-sentence.js';
import { missingInWords } from './missing.js';

/** A run, or the site of a check, in one sentence, which says the same as the exit code. */
export function closingSentence(results: RunResults): string {
  const { missing, check } = results;
  const partial = missing ? `Partial: ${missingInWords(missing)}. ` : '';
  return `${partial}${check ? checkSentence({ ...results, check }) : runSentence(results)}`;
}

function runSentence(results: RunResults): string {
  const { baseline } = results;
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
  const ofLab = results.scenarios.filter(({ labFailed }) => labFailed).length;
  const labs =
    ofLab === 0
      ? ''
      : ` In ${scenarios(ofLab)} the lab itself failed, which says nothing of requirements: run ${ofLab === 1 ? 'it' : 'them'} again.`;
  return `${deviate}${fail}.${labs}`;
}

function scenarios(count: number): string {
  return `${count} scenario${count === 1 ? '' : 's'}`;
}
