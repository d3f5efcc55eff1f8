import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { HostEntry } from '../site/host-entry.js';
import { matchKind, matchNames } from '../site/match/index.js';
import { coversAll, matchesHost, patternRegex } from './match-host.js';

it('a pattern as a regular expression means the same names', () => {
  const label = fc.constantFrom('a', 'b', 'A', 'xa', 'a-b', '*');
  const name = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));
  const pattern = fc.oneof(
    name,
    name.map((text) => `*.${text}`),
    fc.constantFrom('any', 'a.b/c', '198.18.64.1'),
  );
  const match = fc.constantFrom(...matchNames.filter((kind) => matchKind(kind).by !== 'address'));
  const seen = { yes: 0, no: 0 };
  fc.assert(
    fc.property(pattern, match, name, (wanted, kind, host) => {
      const isMatch = matchesHost(wanted, kind, host);
      expect(new RegExp(patternRegex(wanted, kind)).test(host.toLowerCase())).toBe(isMatch);
      seen[isMatch ? 'yes' : 'no'] += 1;
    }),
    { numRuns: 2000 },
  );
  expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(100);
});

it.each<[HostEntry, boolean]>([
  ['*.x.test', true],
  ['.x.test', true],
  ['*x.test', true],
  ['any', true],
  [{ host: 'x.test', match: 'ends-with' }, true],
  [{ host: '*.x.test', match: 'one-label' }, false],
  ['*.y.x.test', false],
  ['*b.x.test', false],
])('%j covers all that "*.x.test" is about: %s', (entry, all) => {
  expect(coversAll(entry, '*.x.test')).toBe(all);
});
