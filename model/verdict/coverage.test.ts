import { describe, expect, it } from 'vitest';
import { edition } from '../requirements/catalogue.js';
import { documentedSite } from '../site/documented.js';
import { coverage } from './coverage.js';
import type { ScenarioResults } from './results.js';

const here = { edition, sites: new Map() };
const proof = (outcome: ScenarioResults['outcome']): ScenarioResults => ({
  ...{ id: outcome, title: outcome, proves: ['tls/no-inspection'], outcome, durationMs: 1, phases: [] },
});
const verdictOn = (...outcomes: ScenarioResults['outcome'][]) =>
  coverage(outcomes.map(proof), here).find(({ id }) => id === 'tls/no-inspection')?.verdict;

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
      coverage(proofs, here).find(({ id }) => id === 'tls/no-inspection')?.verdict;
    expect(on(ofLab)).toBe('unproven');
    expect(on(ofLab, proof('passed'))).toBe('unproven');
    expect(on(ofLab, proof('failed'))).toBe('broken');
  });

  it('counts for an edition what was shown in a site that is judged by one that asks for the same', () => {
    const sites = new Map([
      ['old', documentedSite()],
      ['new', documentedSite({ edition: '2026-02-04' })],
    ]);
    const shown = ['server/os-version', 'server/ie-esc', 'server/tls12'];
    const by = (site: string | undefined, date: string) =>
      coverage([{ ...proof('passed'), proves: shown, ...(site && { site }) }], { edition: date, sites })
        .filter(({ verdict }) => verdict === 'holds')
        .map(({ id }) => id);
    expect(by('old', '2023-08-09')).toEqual(['server/os-version', 'server/ie-esc']);
    expect(by(undefined, '2023-08-09')).toEqual(by('old', '2023-08-09'));
    expect(by('old', '2025-02-21')).toEqual(['server/os-version', 'server/ie-esc']);
    expect(by('old', '2026-02-04')).toEqual(['server/ie-esc']);
    expect(by('new', '2026-02-04')).toEqual(shown);
    expect(by('new', '2023-08-09')).toEqual(['server/ie-esc']);
    expect(by('old', 'a day of which nothing is known')).toEqual(by('old', '2023-08-09'));
  });
});
