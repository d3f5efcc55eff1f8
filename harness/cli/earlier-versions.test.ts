import { cp } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readResultsFile } from '../../model/verdict/read-results.js';
import { folder, lab } from './testing.js';

/**
 * What earlier commits of this repository wrote, each in a folder named for the commit: the log without events that
 * no verdict needs, and the first rows of the results.
 */
const madeBy = fileURLToPath(new URL('../../model/verdict/earlier/made-by/', import.meta.url));

async function copyOf(name: string): Promise<string> {
  const to = await folder();
  await cp(`${madeBy}${name}`, to, { recursive: true });
  return to;
}

it('reports a run of version 1 as it was', async () => {
  const out = await copyOf('bdddc3b-run');
  const earlier = await readResultsFile(`${out}/results.json`);
  const { code, stdout, stderr } = await lab(['report', out, '--baseline', `${out}/results.json`]);
  expect(code, stderr).toBe(0);
  expect(stdout).toContain('1 passed, 0 failed, 0 skipped');
  const now = await readResultsFile(`${out}/results.json`);
  expect(now.scenarios.map(({ id, outcome }) => [id, outcome])).toEqual(
    earlier.scenarios.map(({ id, outcome }) => [id, outcome]),
  );
  expect(now.edition).toBe(earlier.edition);
});

it('takes the very first results as a baseline', async () => {
  const out = await copyOf('bdddc3b-run');
  const first = `${madeBy}33973e7-run/results.json`;
  const { code, stdout, stderr } = await lab(['report', out, '--baseline', first]);
  expect(code, stderr).toBe(0);
  expect(stdout.trim().split('\n').at(-1)).toBe('Nothing deviates from the baseline.');
});

it('merges a run of version 1', async () => {
  const out = await folder();
  const { code, stderr } = await lab(['report', await copyOf('bdddc3b-run'), '--out', out]);
  expect(code, stderr).toBe(0);
  const again = await lab(['report', await copyOf('bdddc3b-run'), out, '--out', await folder()]);
  expect(again.code).toBe(2);
  expect(again.stderr).toMatch(/server\/ie-esc/);
});

it('diagnoses a check of version 1, which needs nothing of its site', async () => {
  const { code, stderr } = await lab(['diagnose', await copyOf('bdddc3b-check')]);
  expect(code, stderr).toBeLessThan(2);
});

it.each([
  ['bdddc3b-check', /proxy-settings.*of its site are not recorded/],
  ['a46cf44-check', /proxy-settings.*of its site are not recorded/],
  ['33973e7-run', /events\.jsonl:1: does not begin with the line of its run .*not recorded/],
])('says in one sentence what it does not judge: %s', async (name, sentence) => {
  const { code, stderr } = await lab(['report', await copyOf(name)]);
  expect(code).toBe(2);
  expect(stderr.trim()).toMatch(sentence);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});
