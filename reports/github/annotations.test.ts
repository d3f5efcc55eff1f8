import { describe, expect, it } from 'vitest';
import { compareWithBaseline } from '../../model/verdict/baseline.js';
import { mapTexts } from '../../model/verdict/sample/map-texts.js';
import { sample } from '../../model/verdict/sample/sample.js';
import { githubAnnotations } from './annotations.js';

/** A workflow command as the runner reads it: one line, `::name key=value::data`, with %-escapes. */
function read(line: string) {
  const [, level, title = '', message = ''] = /^::(\w+) title=([^:,\r\n]*)::([^\r\n]*)$/.exec(line) ?? [];
  return { level, title: decodeURIComponent(title), message: decodeURIComponent(message) };
}

describe('githubAnnotations', () => {
  it('has an error for what failed, with the scenario as its title', () => {
    const [only, ...others] = githubAnnotations(sample().results).map(read);
    expect(only).toMatchObject({ level: 'error', title: 'tls/issuer' });
    expect(only?.message).toMatch(/^change: expected tls-untrusted-issuer/);
    expect(others).toEqual([]);
  });

  it('stays one command a scenario, whatever was captured', () => {
    const nasty = 'a%0A\r\n::error::forged\n::add-mask::b,title=c::';
    const { results } = mapTexts(sample(), (text, key) => (/^(id|reason)$/.test(key) ? text + nasty : text));
    const lines = githubAnnotations(results);
    expect(lines.map(read)).toEqual([
      { level: 'error', title: `tls/issuer${nasty}`, message: results.scenarios[1]?.reason },
    ]);
  });

  it('counts what GitHub would not show', () => {
    const { results } = sample();
    const [, failed] = results.scenarios;
    if (!failed) throw new Error('the sample has changed');
    const scenarios = Array.from({ length: 30 }, (_, index) => ({ ...failed, id: `tls/${index}` }));
    const told = githubAnnotations({ ...results, scenarios }).map(read);
    expect(told).toHaveLength(10);
    expect(told.at(-1)).toMatchObject({
      title: '21 more',
      message: expect.stringMatching(/^30 scenarios deviate/),
    });
  });

  it('notices what was mended since the baseline', () => {
    const { results } = sample();
    const mended = results.scenarios.map((one) => ({
      ...one,
      outcome: 'passed' as const,
      reason: undefined,
    }));
    const compared = compareWithBaseline(
      { ...results, scenarios: mended },
      { baseline: results, slowerFactor: 2 },
    );
    expect(githubAnnotations(compared).map(read)).toMatchObject([
      { level: 'notice', title: 'tls/issuer passes' },
    ]);
  });
});
