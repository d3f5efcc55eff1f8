import { describe, expect, it } from 'vitest';
import { mapTexts } from '../../model/verdict/sample/map-texts.js';
import { sample } from '../../model/verdict/sample/sample.js';
import { renderSummary } from './summary.js';

describe('renderSummary', () => {
  it('says the sentence of the run, the counts, and what failed and why', () => {
    const text = renderSummary(sample().results);
    expect(text).toContain('**1 scenario deviates from what is expected.**');
    expect(text).toContain('| Scenarios | 1 | 1 | 0 | 1 | 0 |');
    expect(text).toMatch(/### Not as expected\n\n- `tls\/issuer`: `change: expected tls-untrusted-issuer/);
  });

  it('says what the engine could not do to confine machines', () => {
    const { results } = sample();
    const weaknesses = ['memory of machines is not limited'];
    expect(renderSummary({ ...results, weaknesses })).toMatch(/confined machines less: .*memory of machines/);
    expect(renderSummary(results)).not.toContain('confined machines less');
  });

  it('shows captured text as code, from its first to its last character', () => {
    const nasty = '\n# forged\n`` ![x](https://example.com/x) <img src=x> @everyone `';
    const { results } = mapTexts(sample(), (text, key) => (/^(id|reason)$/.test(key) ? text + nasty : text));
    const line = renderSummary(results)
      .split('\n')
      .find((one) => one.includes('forged'));
    // A span of code ends only at a run of as many backticks as it began with.
    const shown = line?.replace(/(?<!`)(```)(?!`).*?(?<!`)\1(?!`)/g, '');
    expect(shown).toBe('- : ');
  });
});
