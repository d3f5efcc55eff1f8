import { expect, it } from 'vitest';
import { sample } from '../../model/verdict/sample/sample.js';
import { inWords } from './duration.js';
import { describe } from './words.js';

it('says every kind of event in words that name what matters', () => {
  const said = sample().events.map(describe);
  expect(new Set(said).size).toBe(said.length);
  expect(said.join('\n')).not.toMatch(/undefined|NaN|\[object/);
  expect(said).toContain('the portal shows app-proxy-01 as active');
});

it.each([
  [0, '0 s'],
  [161, '161 ms'],
  [12_842, '12.8 s'],
  [9_000_000, '2 h 30 min'],
  [180 * 86_400_000, '180 d'],
  [-3_600_000, '-1 h'],
])('says %d ms as %s', (ms, words) => expect(inWords(ms)).toBe(words));
