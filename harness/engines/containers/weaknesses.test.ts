import { expect, it } from 'vitest';
import { weaknessesOf } from './weaknesses.js';

const strong = { MemoryLimit: true, PidsLimit: true, SecurityOptions: ['name=seccomp,profile=default'] };

it('an engine that limits everything has none, also a rootless one', () => {
  expect(weaknessesOf(strong)).toEqual([]);
  const rootless = ['name=seccomp,profile=builtin', 'name=rootless', 'name=cgroupns'];
  expect(weaknessesOf({ ...strong, SecurityOptions: rootless })).toEqual([]);
});

it.each([
  [{ MemoryLimit: false }, /^memory/],
  [{ PidsLimit: false }, /^processes/],
  [{ SecurityOptions: [] }, /seccomp/],
  [{ SecurityOptions: null }, /seccomp/],
  [{ SecurityOptions: ['name=seccomp,profile=unconfined'] }, /seccomp/],
])('%j is told', (weak, words) => {
  const told = weaknessesOf({ ...strong, ...weak });
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(words);
});
