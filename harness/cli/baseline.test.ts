import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { judgeLog } from '../../model/verdict/judge-log.js';
import { runResultsSchema } from '../../model/verdict/results.js';
import { played, runLog } from '../../model/verdict/testing.js';
import { folder, lab } from './testing.js';

const ran = 'server/ie-esc';
const run = (out: string, ...more: string[]) =>
  lab(['run', ran, '--engine', 'embedded', '--out', out, ...more]);

it('a baseline of other scenarios is refused before anything runs', async () => {
  const out = await folder();
  const baseline = join(await folder(), 'baseline.json');
  await writeFile(baseline, JSON.stringify(judgeLog(runLog([played('server/os-version#server-2012')]))));
  const { code, stderr } = await run(out, '--baseline', baseline);
  expect(stderr).toContain('is of other scenarios than this run: it holds server/os-version#server-2012\n');
  expect(code).toBe(2);
  expect(await readdir(out)).toEqual([]);
});

it('a baseline that cannot be written is told before anything runs', async () => {
  const out = await folder();
  const { code, stderr } = await run(out, '--baseline', '/proc/nothing/baseline.json', '--update-baseline');
  expect(stderr).toContain('cannot write /proc/nothing/baseline.json');
  expect(code).toBe(2);
  expect(await readdir(out)).toEqual([]);
});

it('the first baseline is said to be created, and stands beside nothing', async () => {
  const baseline = join(await folder(), 'baseline.json');
  const { code, stdout } = await run(await folder(), '--baseline', baseline, '--update-baseline');
  expect(stdout).toContain(`Baseline created: ${baseline}\n`);
  expect(stdout).not.toContain('as before');
  expect(code).toBe(0);
  const written = runResultsSchema.parse(JSON.parse(await readFile(baseline, 'utf8')));
  expect(written.scenarios.map(({ id }) => id)).toEqual([ran]);
});
