import { describe, expect, it } from 'vitest';
import { breakable, html } from './escape.js';

describe('html', () => {
  it('takes every value for data, in text and in attributes', () => {
    const value = `<b title='x'>"&amp;</b>`;
    expect(html`<i title="${value}">${value}</i>`.text).toBe(
      '<i title="&lt;b title=&#39;x&#39;&gt;&quot;&amp;amp;&lt;/b&gt;">&lt;b title=&#39;x&#39;&gt;&quot;&amp;amp;&lt;/b&gt;</i>',
    );
  });

  it('nests its own, leaves out what is absent, keeps nought and nothing else', () => {
    expect(html`${[html`<p>${1}</p>`, html`<p>${0}</p>`]}${undefined}${false}${''}`.text).toBe(
      '<p>1</p><p>0</p>',
    );
  });

  it('shows characters that would hide or turn the text around them', () => {
    expect(html`a\u0000b\u001bc\u202ed\u200fe\ud800f${'a\u0000b\u001bc\u202ed\u200fe\ud800f'}`.text).toMatch(
      /a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf$/,
    );
  });

  it('cuts what is very long and says so', () => {
    const { text } = html`${'x'.repeat(1_000_000)}`;
    expect(text.length).toBeLessThan(5000);
    expect(text).toContain('996000 more characters');
  });

  it('breaks names at dots and slashes without touching entities', () => {
    expect(breakable(`a.b/c&'#1.5.2`).text).toBe('a.<wbr>b/<wbr>c&amp;&#39;#1.5.2');
  });
});
