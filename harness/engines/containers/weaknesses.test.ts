import { expect, it } from 'vitest';
import { weaknessesOf, weaknessOfWay } from './weaknesses.js';

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

it('an engine elsewhere that is asked without TLS is told; one here, by TLS or by SSH is not', () => {
  expect(weaknessOfWay({ protocol: 'http', host: '10.0.0.5' })).toEqual([
    'it is reached at 10.0.0.5 without TLS: whoever is on the way reads, and is root there',
  ]);
  for (const strong of [
    { socketPath: '/var/run/docker.sock', protocol: 'http' },
    { protocol: 'https', host: '10.0.0.5' },
    { protocol: 'ssh', host: '10.0.0.5' },
    { protocol: 'http', host: '127.0.0.1' },
    { protocol: 'http', host: 'localhost' },
  ])
    expect(weaknessOfWay(strong), JSON.stringify(strong)).toEqual([]);
});
