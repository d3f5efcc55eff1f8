import { expect, it } from 'vitest';
import type { Measured } from '../evidence/measured.js';
import { judgeEnded } from './judge-ended.js';
import { played, runLog } from './testing.js';

const one = played('tls/issuer');
const { begun, events } = one;
const site = runLog([one]).sites.get('k');
if (!site) throw new Error('the log has no site');
const scenario = {
  ...{ id: begun.scenario, title: begun.title, proves: begun.proves, site },
  ...begun.claim,
};
const named = { id: 'tls/issuer', title: 'About tls/issuer', proves: ['tls/no-inspection'] };

it('a scenario that its engine cannot do is skipped, and says why', () => {
  expect(judgeEnded(scenario, events, { durationMs: 7, skipped: 'needs containers' })).toEqual({
    ...{ ...named, durationMs: 7, phases: [], outcome: 'skipped', reason: 'needs containers' },
  });
});

it('one whose lab failed failed, and nothing else is said by that', () => {
  expect(judgeEnded(scenario, events, { durationMs: 7, error: 'a machine died' })).toEqual({
    ...{ ...named, durationMs: 7, phases: [], outcome: 'failed', labFailed: true },
    reason: 'the lab failed: a machine died',
  });
});

it('any other is judged by its events, and keeps what was measured of it', () => {
  const measured: Measured = { title: 'Names', source: 'a list', lines: [] };
  const results = judgeEnded({ ...scenario, measured }, events, { durationMs: 7 });
  expect(results).toMatchObject({ ...named, durationMs: 7, outcome: 'passed', measured });
  expect(results.phases.map(({ phase }) => phase)).toEqual(['control', 'change', 'restore']);
  expect(judgeEnded(scenario, events, { durationMs: 7 })).not.toHaveProperty('measured');
});
