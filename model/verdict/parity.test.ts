import { expect, it } from 'vitest';
import { compareChecks, compareEngines, inWords } from './parity.js';
import type { PhaseResults, Result, RunResults, ScenarioResults } from './results.js';

const result = (more: Partial<Result> = {}): Result => ({
  ...{
    operation: 'bootstrap',
    result: 'ok',
    server: 's',
    expected: 'bootstrap ok',
    matched: true,
    events: [],
  },
  ...more,
});
const phase = (results: Result[], observations: PhaseResults['observations'] = []): PhaseResults => ({
  ...{ phase: 'change', results, observations },
});
const scenario = (id: string, more: Partial<ScenarioResults> = {}): ScenarioResults => ({
  ...{ id, title: id, proves: [], outcome: 'passed', durationMs: 1, phases: [] },
  ...more,
});
const run = (
  scenarios: ScenarioResults[],
  requirements: Partial<RunResults['requirements'][number]>[] = [],
) => ({ scenarios, requirements }) as unknown as RunResults;
const both = (one: Partial<ScenarioResults>, other: Partial<ScenarioResults>) =>
  compareEngines(run([scenario('a', one)]), run([scenario('a', other)]));

it('engines that found the same do not differ, whatever each took and however it names its events', () => {
  const seen = { subject: 'a user', observed: 'application', expected: 'x', matched: true, events: ['e1'] };
  expect(
    both(
      { durationMs: 1, phases: [phase([result({ events: ['e1'] })], [seen])] },
      { durationMs: 9, phases: [phase([result({ events: ['e7'] })], [{ ...seen, events: ['e9'] }])] },
    ),
  ).toEqual({ compared: 1, skipped: [], differences: [] });
});

it('what only one engine found is told with its place and who decided', () => {
  const [difference, ...others] = both(
    {
      phases: [
        phase(
          [
            result(),
            result({ result: 'tcp-drop', host: 'h', port: 443, device: 'edge-firewall', rule: 'deny h' }),
          ],
          [{ subject: 'a user', observed: 'forbidden', expected: 'x', matched: true, events: [] }],
        ),
      ],
    },
    {
      phases: [
        phase(
          [result(), result({ result: 'tcp-reset' })],
          [
            {
              ...{ subject: 'inbound', observed: 'tcp-drop', expected: 'x', matched: true, events: [] },
              ...{ device: 'edge-firewall', rule: 'inbound drop' },
            },
          ],
        ),
      ],
    },
  ).differences;
  expect(others).toEqual([]);
  expect(difference).toEqual({
    ...{ scenario: 'a', phase: 'change' },
    onlyFirst: ['s bootstrap tcp-drop at h:443 by edge-firewall "deny h"', 'a user: forbidden'],
    onlySecond: ['s bootstrap tcp-reset', 'inbound: tcp-drop by edge-firewall "inbound drop"'],
  });
  expect(difference && inWords(difference, ['embedded', 'containers'])).toBe(
    'a (change): embedded: s bootstrap tcp-drop at h:443 by edge-firewall "deny h", a user: forbidden; containers: s bootstrap tcp-reset, inbound: tcp-drop by edge-firewall "inbound drop"',
  );
});

it('what only the second engine found, or in a phase that only one has, is a difference', () => {
  expect(both({ phases: [phase([])] }, { phases: [phase([result()])] }).differences).toEqual([
    { scenario: 'a', phase: 'change', onlyFirst: [], onlySecond: ['s bootstrap ok'] },
  ]);
  expect(
    both({ phases: [phase([result()])] }, { phases: [{ ...phase([result()]), phase: 'restore' }] })
      .differences,
  ).toEqual([{ scenario: 'a', phase: 'change', onlyFirst: ['s bootstrap ok'], onlySecond: [] }]);
});

it('outcomes that differ are told with their reasons, and nothing else of them', () => {
  const { differences } = both(
    { outcome: 'failed', reason: 'no answer', phases: [phase([result()])] },
    { phases: [phase([])] },
  );
  expect(differences).toEqual([{ scenario: 'a', onlyFirst: ['failed no answer'], onlySecond: ['passed'] }]);
  expect(differences[0] && inWords(differences[0], ['one', 'two'])).toBe(
    'a: one: failed no answer; two: passed',
  );
  expect(both({}, { outcome: 'failed', reason: 'no answer' }).differences).toEqual([
    { scenario: 'a', onlyFirst: ['passed'], onlySecond: ['failed no answer'] },
  ]);
});

it('what one engine cannot do is not compared, and why is told; what it did not do is a difference', () => {
  const parity = compareEngines(
    run([
      scenario('a'),
      scenario('b', { outcome: 'skipped', reason: 'needs a kernel' }),
      scenario('c'),
      scenario('d'),
    ]),
    run([scenario('a'), scenario('b'), scenario('c', { outcome: 'skipped', reason: 'needs Windows' })]),
  );
  expect(parity).toEqual({
    compared: 2,
    skipped: [
      { scenario: 'b', reason: 'needs a kernel' },
      { scenario: 'c', reason: 'needs Windows' },
    ],
    differences: [{ scenario: 'd', onlyFirst: ['was run'], onlySecond: [] }],
  });
  expect(parity.differences[0] && inWords(parity.differences[0], ['one', 'two'])).toBe(
    'd: one: was run; two: nothing of the kind',
  );
});

it('checks of a site are compared whatever the scenario is called, and by what they say of requirements', () => {
  const mine = run([scenario('check of a')], [{ id: 'tls/issuer', verdict: 'holds' }]);
  const same = run([scenario('check of b')], [{ id: 'tls/issuer', verdict: 'holds' }]);
  const other = run([scenario('check of b')], [{ id: 'tls/issuer', verdict: 'broken' }]);
  expect(compareChecks('a site', mine, same)).toEqual([]);
  expect(compareChecks('a site', mine, other)).toEqual([
    { scenario: 'a site', onlyFirst: ['tls/issuer holds'], onlySecond: ['tls/issuer broken'] },
  ]);
  const fewer = run([scenario('check of b', { outcome: 'failed', reason: 'x' })], []);
  expect(compareChecks('a site', mine, fewer)).toEqual([
    { scenario: 'a site', onlyFirst: ['passed'], onlySecond: ['failed x'] },
    { scenario: 'a site', onlyFirst: ['tls/issuer holds'], onlySecond: [] },
  ]);
});
