import { expect, it } from 'vitest';
import { printable } from './printable.js';

it.each([
  ['commands to a terminal', '\u001b[2Jx'],
  ['an end of the line', 'a\r\nb'],
  ['half a surrogate pair', 'a\ud800'],
  ['a change of direction', 'exe.\u202etxt\u2066'],
  ['what is not seen', 'log\u200bin\ufeff'],
  ['a sentence in tags, which nobody sees', 'login\u{e0061}\u{e0062}'],
  ['a soft hyphen and letters that fill', 'log\u00adin\u3164\u115f'],
])('shows %s', (_what, text) => {
  expect(printable(text)).not.toBe(text);
  expect(printable(text)).toMatch(/^[\x20-\x7e\ufffd]+$/);
});

it('leaves what people write', () => {
  for (const text of ['Büro Süd', '東京', 'العربية', '😀', 'a\u00a0b']) expect(printable(text)).toBe(text);
});
