import { describe, expect, it } from 'vitest';
import { sharedValues } from './merged.js';
import { readTableText as read } from './testing.js';

const told = (text: string) => [...text].map((one) => (one === '.' ? undefined : one));

describe('values that a row without one may have', () => {
  it.each([
    // Nobody sees whether it is the first's or the last's.
    ['A.B', ['A', 'AB', 'B']],
    // The first row is empty, and the last is not: they stand in the last of their rows, or in the middle.
    ['.A.B', ['A', 'A', 'AB', 'B']],
    ['A.B..', ['A', 'AB', 'B', 'B', 'B']],
    // Only first rows can have them: too many are behind the last for its middle.
    ['A.B...', ['A', 'A', 'B', 'B', 'B', 'B']],
    ['A.BC...', ['A', 'A', 'B', 'C', 'C', 'C', 'C']],
    ['AB...', ['A', 'B', 'B', 'B', 'B']],
    // In the middle of three each, or of two and four.
    ['.A..B.', ['A', 'A', 'AB', 'AB', 'B', 'B']],
    ['..A....B..', ['A', 'A', 'A', 'A', 'AB', 'AB', 'B', 'B', 'B', 'B']],
    ['A...', ['A', 'A', 'A', 'A']],
    ['...A', ['A', 'A', 'A', 'A']],
    ['..', ['', '']],
  ])('of %s', (text, wanted) => {
    expect(sharedValues(told(text)).map((one) => one.join(''))).toEqual(wanted);
  });
});

const unclear = expect.any(String);

it('opens no port of a host whose cell is empty between two that differ, and tells it', () => {
  const text = 'Host;Port\na.test;80\nb.test;\nc.test;443\n';
  expect(read(text)).toEqual({
    default: 'drop',
    rules: [
      { allow: 'a.test', port: [80] },
      { allow: 'b.test', unclear },
      { allow: 'c.test', port: [443] },
    ],
    told: [3],
  });
});

it('opens what both neighbours have in common, and does not judge the rest', () => {
  const text = 'Host;Port\na.test;80, 443\nb.test;\nc.test;443\n';
  expect(read(text).rules).toEqual([
    { allow: 'a.test', port: [80, 443] },
    { allow: 'b.test', port: [443] },
    { allow: 'b.test', unclear },
    { allow: 'c.test', port: [443] },
  ]);
});

it('does not open every port of the first of merged rows whose port stands in the last', () => {
  const { rules, told: lines } = read('Host;Port\na.test;\nb.test;443\n');
  expect(rules).toEqual([
    { allow: 'a.test', port: [443] },
    { allow: 'a.test', unclear },
    { allow: 'b.test', port: [443] },
  ]);
  expect(lines).toEqual([2]);
});

it('opens not everything by an empty port beside any, and all where the table says any or has no ports', () => {
  expect(read('Host;Port\nany;\na.test;443\n').rules).toContainEqual({ allow: 'any', unclear });
  for (const all of ['any', '*', 'all'])
    expect(read(`Host;Port\na.test;443\nb.test;${all}\n`)).toMatchObject({
      rules: [{}, { allow: 'b.test', port: 'any' }],
      told: [],
    });
  expect(read('Host;Port\na.test;\nb.test;\n')).toMatchObject({ rules: [{}, {}], told: [] });
});

it('takes the last row for what closes all that is left, also without a port', () => {
  const text = 'Host;Port;Action\na.test;443;allow\nany;;deny\n';
  expect(read(text)).toMatchObject({ rules: [{ allow: 'a.test' }, { deny: 'any' }], told: [] });
});

it('does not open by an empty action where the ones beside it differ', () => {
  const text = 'Host;Port;Action\na.test;443;allow\nb.test;443;\nc.test;443;deny\n';
  expect(read(text).rules).toEqual([
    { allow: 'a.test', port: [443] },
    { deny: 'b.test', port: [443], unclear },
    { allow: 'b.test', port: [443], unclear },
    { deny: 'c.test', port: [443] },
  ]);
});
