import { describe, expect, it } from 'vitest';
import type { ResultExpectation } from '../scenario/result-expectation.js';
import { compareResults, inWords } from './compare.js';
import type { FoundResult } from './results-of.js';

const expected = (more: Partial<ResultExpectation> = {}) =>
  ({ kind: 'result', operation: 'listen', result: 'tcp-drop', ...more }) as ResultExpectation;
const found = (more: Partial<FoundResult> = {}): FoundResult => ({
  ...{ operation: 'listen', result: 'tcp-drop', server: 's', host: 'a.x.test', port: 443 },
  ...{ device: 'edge-firewall', rule: 'deny a', events: ['e1'] },
  ...more,
});
const isMet = (more: Partial<ResultExpectation>, one: Partial<FoundResult> = {}) => {
  const { results, missing } = compareResults([found(one)], [expected(more)], 's');
  expect(missing.length).toBe(results[0]?.matched ? 0 : 1);
  return results[0]?.matched;
};

it.each<[Partial<ResultExpectation>, string]>([
  [{}, 'listen tcp-drop'],
  [{ server: 't' }, 't listen tcp-drop'],
  [{ host: '*.x.test' }, 'listen tcp-drop at *.x.test'],
  [{ host: '*.x.test', port: 443 }, 'listen tcp-drop at *.x.test:443'],
  [{ port: 443 }, 'listen tcp-drop at port 443'],
  [{ device: 'edge-firewall' }, 'listen tcp-drop by edge-firewall'],
  [{ device: 'edge-firewall', rule: 'deny a' }, 'listen tcp-drop by edge-firewall "deny a"'],
])('%j is said as it is written', (more, words) => expect(inWords(expected(more))).toBe(words));

describe('an expectation', () => {
  it('is met by a result that is as it says, in everything that it says', () => {
    expect(isMet({})).toBe(true);
    expect(isMet({ server: 's', host: 'a.x.test', port: 443, device: 'edge-firewall', rule: 'deny a' })).toBe(
      true,
    );
    expect(isMet({ host: '*.x.test' })).toBe(true);
  });

  it.each<[Partial<ResultExpectation>, Partial<FoundResult>?]>([
    [{ result: 'tcp-reset' }],
    [{ host: 'x.test' }],
    [{ host: '*.y.test' }],
    [{ host: '*.x.test' }, { host: 'x.test' }],
    [{ host: 'a.x.test' }, { host: undefined }],
    [{ port: 80 }],
    [{ device: 'proxy' }],
    [{ rule: 'deny b' }],
  ])('of %j is not', (more, one) => expect(isMet(more, one)).toBe(false));
});

it('a result is compared with those of its server and operation, and all of them are told', () => {
  const all = [expected({ host: 'b.test' }), expected({ host: 'c.test', port: 80 })];
  const { results, missing } = compareResults([found()], all, 's');
  expect(results).toEqual([
    {
      ...found(),
      expected: 'listen tcp-drop at b.test or listen tcp-drop at c.test:80',
      matched: false,
    },
  ]);
  expect(missing).toEqual(all);
});

it('the one that is met is told, of several', () => {
  const { results } = compareResults([found()], [expected({ port: 80 }), expected({ port: 443 })], 's');
  expect(results[0]).toMatchObject({ expected: 'listen tcp-drop at port 443', matched: true });
});

it('what nothing was expected of must be ok, of every other server and operation', () => {
  const { results, missing } = compareResults(
    [
      found({ server: 't' }),
      found({ server: 't', result: 'ok' }),
      found({ operation: 'renew' }),
      found({ operation: 'renew', result: 'ok' }),
    ],
    [expected()],
    's',
  );
  expect(results.map(({ matched, expected: wanted }) => [matched, wanted])).toEqual([
    [false, 'listen ok'],
    [true, 'listen ok'],
    [false, 'renew ok'],
    [true, 'renew ok'],
  ]);
  expect(missing).toEqual([expected()]);
});
