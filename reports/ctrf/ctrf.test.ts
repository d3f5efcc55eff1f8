import { calculateSummary, isTestFlaky, parse, validate } from 'ctrf';
import { describe, expect, it } from 'vitest';
import { compareWithBaseline } from '../../model/verdict/baseline.js';
import { foldRepetitions } from '../../model/verdict/repetitions.js';
import type { RunResults } from '../../model/verdict/results.js';
import { mapTexts } from '../../model/verdict/sample/map-texts.js';
import { sample } from '../../model/verdict/sample/sample.js';
import { renderCtrf } from './ctrf.js';

/** With something of everything: a declared failure, a flaky scenario, one that did not run. */
function everything(): RunResults {
  const { results } = sample();
  const [passed, failed, ...rest] = results.scenarios;
  if (!passed || !failed) throw new Error('the sample has changed');
  const twice = [passed, failed].map((results, index) => ({ number: index + 1, results }));
  const flaky = { ...foldRepetitions(twice), id: 'tls/flaky' };
  const missing = { why: 'killed' as const, underWay: ['tls/last'], notStarted: [], shards: [] };
  const scenarios = [passed, failed, flaky, ...rest];
  const summary = { ...results.summary, flaky: 1 };
  const expected = new Map([[failed.id, { reason: 'ticket 7', until: '2999-12-31' }]]);
  return compareWithBaseline(
    { ...results, scenarios, summary, partial: true, missing },
    { expected, slowerFactor: 2 },
  );
}

describe('renderCtrf', () => {
  it('is what the reference implementation takes, whatever was captured', () => {
    const nasty = '\u0000\u001b<>"\\\ud800';
    const { results } = mapTexts({ results: everything() }, (text, key) =>
      /^(id|title|reason)$/.test(key) ? text + nasty : text,
    );
    for (const one of [results, everything(), sample().results])
      expect(validate(parse(renderCtrf(one)))).toMatchObject({ valid: true });
  });

  it('counts as the reference implementation counts', () => {
    const { results } = parse(renderCtrf(everything()));
    const { tests, passed, failed, skipped, pending, other, flaky } = results.summary;
    expect(calculateSummary(results.tests)).toMatchObject({
      tests,
      passed,
      failed,
      skipped,
      pending,
      other,
      flaky,
    });
  });

  it('fails what makes the exit code 1, and nothing else', () => {
    const { tests } = parse(renderCtrf(everything())).results;
    expect(tests.map(({ name, status, rawStatus }) => [name, status, rawStatus])).toEqual([
      ['verify/signalling', 'passed', 'passed'],
      ['tls/issuer', 'other', 'failed'],
      ['tls/flaky', 'failed', 'flaky'],
      ['link/loss', 'skipped', 'skipped'],
      ['tls/last', 'failed', 'not run'],
    ]);
    expect(tests.filter(isTestFlaky).map(({ name }) => name)).toEqual(['tls/flaky']);
  });
});
