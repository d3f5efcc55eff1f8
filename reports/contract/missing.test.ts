import { expect, it } from 'vitest';
import type { Missing } from '../../model/verdict/results.js';
import { sample } from '../../model/verdict/sample/sample.js';
import { casesOf } from './cases.js';
import { closingSentence } from './closing.js';
import { whyMissing } from './missing.js';

it('every report says in the same words why a run is partial', () => {
  const missing: Missing = { why: 'engine-gone', underWay: ['tls/last'], notStarted: [], shards: [] };
  for (const one of [missing, { ...missing, words: 'Docker went away' }]) {
    const results = { ...sample().results, partial: true, missing: one };
    const words = one.words ?? 'the engine stopped answering';
    expect(whyMissing(one)).toBe(words);
    expect(closingSentence(results)).toMatch(new RegExp(`^Partial: ${words}; under way: tls/last\\. `));
    expect(casesOf(results).at(-1)?.message).toBe(`not finished: it was under way when ${words}`);
  }
});
