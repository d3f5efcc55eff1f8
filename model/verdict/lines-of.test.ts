import { expect, it } from 'vitest';
import { linesOf } from './lines-of.js';

async function* piecewise(pieces: string[]) {
  yield* pieces;
}
async function lines(pieces: string[], most = 10) {
  const found: string[] = [];
  for await (const line of linesOf(piecewise(pieces), most)) found.push(line);
  return found;
}

it.each<[string, string[], string[]]>([
  ['nothing', [], []],
  ['lines in one piece', ['a\nb\n'], ['a', 'b']],
  ['a line in pieces', ['a', 'b', 'c\nd'], ['abc', 'd']],
  ['ends of Windows, cut in two', ['a\r', '\nb\r\n', 'c\r'], ['a', 'b', 'c']],
  ['what stands inside a line', ['a\rb\n'], ['a\rb']],
  ['empty lines', ['\n\na\n'], ['', '', 'a']],
  [
    'lines of as many characters as there may be',
    ['0123456789', '\n0123456789'],
    ['0123456789', '0123456789'],
  ],
])('reads %s', async (_, pieces, expected) => {
  expect(await lines(pieces)).toEqual(expected);
});

it('refuses a line whose end nobody waits for, and says how long it may be', async () => {
  await expect(lines(['a\n01234', '567890'])).rejects.toThrow('has a line of more than 10 characters');
  await expect(lines(['01234567890'])).rejects.toMatchObject({ name: 'EndlessLineError' });
});
