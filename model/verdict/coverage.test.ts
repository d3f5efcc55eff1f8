import { describe, expect, it } from 'vitest';
import { coverage } from './coverage.js';
import type { ScenarioResults } from './results.js';

const proof = (outcome: ScenarioResults['outcome']): ScenarioResults => ({
  ...{ id: outcome, title: outcome, proves: ['tls/no-inspection'], outcome, durationMs: 1, phases: [] },
});
const verdictOn = (...outcomes: ScenarioResults['outcome'][]) =>
  coverage(outcomes.map(proof)).find(({ id }) => id === 'tls/no-inspection')?.verdict;

describe('coverage', () => {
  it.each([
    [['passed', 'skipped'], 'holds'],
    [['passed', 'failed', 'flaky'], 'broken'],
    [['passed', 'flaky'], 'unproven'],
    [['skipped'], 'unproven'],
    [[], 'unproven'],
  ] as const)('proofs that ended with %j: %s', (outcomes, verdict) => {
    expect(verdictOn(...outcomes)).toBe(verdict);
  });

  it('a lab that failed breaks nothing and proves nothing', () => {
    const ofLab = { ...proof('failed'), labFailed: true } as const;
    const on = (...proofs: ScenarioResults[]) =>
      coverage(proofs).find(({ id }) => id === 'tls/no-inspection')?.verdict;
    expect(on(ofLab)).toBe('unproven');
    expect(on(ofLab, proof('passed'))).toBe('unproven');
    expect(on(ofLab, proof('failed'))).toBe('broken');
  });
});
