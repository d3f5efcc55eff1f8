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

it.each([
  ['values of values in a list', '[', 'a: ', ']'],
  ['values of values in a mapping', '{', '"a":', '}'],
  ['values of values in one entry of several', '{ b: [], c: 1, d: ', '"a": [x] ', '}'],
  ['values of values after a bracket that nothing opened', '], [', 'a: ', ']'],
  ['values of values over several lines', '[', 'a:\n ', ']'],
])('%s are refused before a tree is made of them', (_, opened, piece, closed) => {
  const text = `${opened}${piece.repeat(20_000)}${closed}`;
  expect(() => parseSite(`site: x\nlist: ${text}`, 'site.yaml')).toThrow(/nested deeper than 100 levels/);
  expect(tooMuchForJson(50, text)).toMatch(/^one value after the other without a comma/);
});

it('brackets that nobody closes end where a line does that stands further to the left', () => {
  const list = Array.from({ length: 300 }, (_, index) => `k${index}: v`).join('\n');
  expect(() => parseSite(`site: x\nservers: [a\n${list}\n`, 'site.yaml')).toThrow(
    /site\.yaml:3:1: Flow sequence/,
  );
  const deep = `site: x\nservers: [a\n${'- '.repeat(20_000)}`;
  expect(() => parseSite(deep, 'site.yaml')).toThrow(/nested deeper than 100 levels/);
});

it('more words and signs than any site has are refused', () => {
  expect(tooMuchYaml('- a\n'.repeat(500_001))).toMatch(/^has more than 1000000 words and signs/);
});

it.each(['...\n', '---\n'])('documents after each other are refused before they are parsed: %j', (end) => {
  expect(() => parseSite(`site: x\n${end.repeat(200_000)}`, 'site.yaml')).toThrow(
    /has more than 100 documents/,
  );
  expect(tooMuchYaml(`${end.repeat(100)}site: x`)).toBeUndefined();
});

it('what people write is not too much', () => {
  const flow = `{ rules: [${Array.from({ length: 500 }, () => '{ allow: "*.a.test", port: [80, 443] }').join(', ')}] }`;
  const block = `- - - a: &x { b: !!str c }\n      d: *x\n? [a, b]\n: c]\n`;
  expect([flow, block].map(tooMuchYaml)).toEqual([undefined, undefined]);
});

it.each([
  ['tags of nothing', '!!binary ', /^one tag or anchor after the other/],
  ['brackets', '[', /^brackets deeper than 50/],
  ['lists in lists', '- ', /^lists without brackets/],
  ['keys of keys', '? ', /^lists without brackets/],
  ['values of values', '"a": ', /^one value after the other/],
])('a megabyte of %s is no JSON for the parser of YAML', (_, piece, why) => {
  expect(tooMuchForJson(50, megabyte(piece))).toMatch(why);
  expect(tooMuchForJson(50, '{ "a": [{ "b": "!x &y - ?" }, [-1, null]] }')).toBeUndefined();
});
