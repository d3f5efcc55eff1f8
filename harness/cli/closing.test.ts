import { parse } from 'ctrf';
import { describe, expect, it } from 'vitest';
import { compareWithBaseline } from '../../model/verdict/baseline.js';
import { checkOutcomes } from '../../model/verdict/check-results.js';
import { judgeLog } from '../../model/verdict/judge-log.js';
import { evidenceOf } from '../../model/verdict/kept-events.js';
import type { RunResults } from '../../model/verdict/results.js';
import type { Repetition, RunLine } from '../../model/verdict/run-log.js';
import { checkSample } from '../../model/verdict/sample/check.js';
import { played, runLog } from '../../model/verdict/testing.js';
import { closingSentence } from '../../reports/contract/closing.js';
import { githubAnnotations } from '../../reports/github/annotations.js';
import { artefacts } from './artefacts.js';
import { closingLines, exitCodeOf } from './closing.js';

const drop = { outcome: 'tcp-drop' } as const;
const judged = (repetitions: Repetition[], run?: Partial<RunLine>) => judgeLog(runLog(repetitions, run));
const declared = (until: string) => new Map([['a/1', { reason: 'r', until }]]);
const killed = (repetitions: Repetition[]) => judgeLog({ ...runLog(repetitions), end: undefined });
const { ended: _, ...underWay } = played('a/2');

const runs: [string, RunResults, number][] = [
  ['passed', judged([played('a/1')]), 0],
  ['failed', judged([played('a/1'), played('a/2', drop)]), 1],
  [
    'flaky',
    judged([played('a/1', { repetition: 1 }), played('a/1', { ...drop, repetition: 2 })], { repeat: 2 }),
    1,
  ],
  [
    'without one that was selected',
    judged([played('a/1')], { selected: ['a/1', 'a/2'], absentShards: { plan: 'p', numbers: [2] } }),
    1,
  ],
  ['killed in the middle', killed([played('a/1'), underWay]), 1],
  ['killed at the very end', killed([played('a/1')]), 1],
  [
    'failed as declared',
    compareWithBaseline(judged([played('a/1', drop)]), {
      expected: declared('2999-12-31'),
      slowerFactor: 2,
    }),
    0,
  ],
  [
    'failed as declared, too late',
    compareWithBaseline(judged([played('a/1', drop)]), {
      expected: declared('2000-01-01'),
      slowerFactor: 2,
    }),
    1,
  ],
  [
    'failed as before',
    compareWithBaseline(judged([played('a/1', drop)]), {
      baseline: judged([played('a/1', drop)]),
      slowerFactor: 2,
    }),
    0,
  ],
];

describe('exit code, first line and every file of a check say the same', () => {
  const { results } = checkSample();
  const checks = checkOutcomes.map((outcome): [string, RunResults, number] => {
    const { check, scenarios } = results;
    if (!check) throw new Error('the sample is no check');
    const fine = outcome === 'works';
    const isOurs = ['contradiction', 'control-failed', 'lab-failed'].includes(outcome);
    const differences = !isOurs ? [] : [{ words: 'they differ', events: [] }];
    const found = fine ? { requests: [], incurable: [], notJudged: [] } : {};
    const said = { ...check, outcome, differences, ...found };
    const ended = scenarios.map((one) => ({ ...one, outcome: fine ? 'passed' : 'failed' }) as const);
    return [outcome, { ...results, scenarios: ended, check: said }, fine ? 0 : isOurs ? 4 : 1];
  });

  it.each(checks)('that ended with %s', (outcome, found, code) => {
    expect(exitCodeOf(found)).toBe(code);
    const files = artefacts(found, evidenceOf([]));
    const sentence = closingSentence(found);
    expect(sentence).toContain(
      { works: 'everything works', broken: '3 things to mend', contradiction: 'contradicts itself' }[
        outcome as string
      ] ?? 'not judged',
    );
    expect(closingLines(found, 'out').join(' ').replace(/\s+/g, ' ')).toContain(sentence);
    expect(files['requests.txt']).toContain(sentence);
    expect(files['summary.md']).toContain(`**${sentence}**`);
    expect(files['junit.xml']).toContain(`failures="${code === 0 ? 0 : 1}"`);
    const errors = githubAnnotations(found).filter((line) => line.startsWith('::error '));
    // Three to mend, one that no request mends, one that is not judged, and what is the lab's own fault.
    expect(errors).toHaveLength(code === 0 ? 0 : code === 1 ? 5 : 6);
  });
});

describe('exit code, last line and every file say the same', () => {
  it.each(runs)('of a run that %s', (_, results, code) => {
    expect(exitCodeOf(results)).toBe(code);
    const files = artefacts(results, evidenceOf([]));
    const fine = code === 0;
    const junit = /<testsuites [^>]*failures="(\d+)" errors="(\d+)"/.exec(files['junit.xml'] ?? '');
    expect(Number(junit?.[1]) + Number(junit?.[2]) === 0).toBe(fine);
    expect(parse(files['ctrf.json'] ?? '').results.summary.failed === 0).toBe(fine);
    expect(githubAnnotations(results).some((line) => line.startsWith('::error '))).toBe(!fine);
    expect(/### Not (as expected|run)/.test(files['summary.md'] ?? '')).toBe(!fine);
    const sentence = closingSentence(results);
    expect(sentence.startsWith('Nothing deviates')).toBe(fine);
    expect(closingLines(results, 'out', []).at(-1)).toContain(sentence);
  });
});
