import { expect, it } from 'vitest';
import { parseSite } from './read.js';
import { tooMuchForJson, tooMuchYaml } from './yaml-bounds.js';

const megabyte = (piece: string) => piece.repeat(Math.floor(900_000 / piece.length));

it.each([
  ['lists in lists, each with an anchor', '- &a '],
  ['lists in lists, each with a tag', '- !!seq '],
  ['mappings in lists', '- a: '],
  ['keys of keys', '? '],
  ['values of values', ': '],
  ['anchors of nothing', '&a '],
  ['brackets', '['],
  ['brackets that nothing opened', ']'],
  ['spaces before a word', '\n '.padEnd(300)],
])('a megabyte of %s is refused before a tree is made of it', (_, piece) => {
  expect(tooMuchYaml(megabyte(piece))).toMatch(/^(is nested deeper than 100 levels|closes brackets)/);
  expect(() => parseSite(`site: x\nlist:\n  ${megabyte(piece)}`, 'site.yaml')).toThrow(/^site\.yaml: /);
});

it('more words and signs than any site has are refused', () => {
  expect(tooMuchYaml('- a\n'.repeat(500_001))).toMatch(/^has more than 1000000 words and signs/);
});

it('what people write is not too much', () => {
  const flow = `{ rules: [${Array.from({ length: 500 }, () => '{ allow: "*.a.test", port: [80, 443] }').join(', ')}] }`;
  const block = `- - - a: &x { b: !!str c }\n      d: *x\n? [a, b]\n: c]\n`;
  expect([flow, block].map(tooMuchYaml)).toEqual([undefined, undefined]);
});

it.each([
  ['tags of nothing', '!!binary ', /^one tag or anchor after the other/],
  ['brackets', '[', /^brackets deeper than 50/],
])('a megabyte of %s is no JSON for the parser of YAML', (_, piece, why) => {
  expect(tooMuchForJson(50, megabyte(piece))).toMatch(why);
  expect(tooMuchForJson(50, '{ "a": [{ "b": "!x &y" }, [1, null]] }')).toBeUndefined();
});
