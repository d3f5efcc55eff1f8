import { expect, it } from 'vitest';
import { captureFolder } from './captures.js';

it('every scenario and every repetition has a folder of its own, whose name can be read', () => {
  expect(captureFolder({ scenario: 'ports/outbound-443' })).toBe('ports_outbound-443');
  const ids = ['a/b', 'a_b', 'a b', 'a*b', 'a/b#c, d', 'a/b#c/ d'];
  const folders = [undefined, 1, 2].flatMap((repetition) =>
    ids.map((scenario) => captureFolder({ scenario, repetition })),
  );
  expect(new Set(folders).size).toBe(folders.length);
  for (const folder of folders) expect(folder).toMatch(/^[\w#.-]+(\/\d)?$/);
});
