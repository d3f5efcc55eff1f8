import { expect, it } from 'vitest';
import { cleanJson } from './clean.js';

it('shows characters that would hide or turn the text around them', () => {
  const text = 'a\u0000b\u001bc\u202ed\u200fe\ud800f\ng';
  expect(JSON.parse(cleanJson({ [text]: [text, 'plain', 7] }))).toEqual({
    [text]: ['a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf g', 'plain', 7],
  });
});

it('cuts what is very long and says so', () => {
  const cut = cleanJson('x'.repeat(1_000_000));
  expect(cut.length).toBeLessThan(5000);
  expect(cut).toContain('996000 more characters');
});
