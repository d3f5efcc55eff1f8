import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { diagnose } from '../../model/diagnosis/diagnose.js';
import type { Evidence } from '../../model/diagnosis/evidence.js';
import { readSite } from '../../model/site/read.js';
import type { faults } from '../probe/testing-faults.js';
import { lab } from './testing.js';

/**
 * What evidence of one fault has to show, wherever it was gathered: its cause and nothing else, and a
 * site that gives the evidence again and says so. `folder` takes both files.
 */
export async function expectReproduced(
  [what, , rule, place]: (typeof faults)[number],
  evidence: Evidence,
  folder: string,
): Promise<void> {
  const { causes, unexplained } = diagnose(evidence);
  expect(causes.map((cause) => cause.rule)).toEqual([rule]);
  expect(unexplained).toEqual([]);
  expect(causes[0]?.says).toContain(place);
  const file = join(folder, `${what.replaceAll(/\W/g, '-')}.json`);
  await writeFile(file, JSON.stringify(evidence));
  const { code, stdout } = await lab(['reproduce', file, '--out', `${file}.yaml`]);
  expect(stdout).toContain('is diagnosed as the evidence was');
  expect(code).toBe(0);
  expect((await readFile(`${file}.yaml`, 'utf8')).split('\n').slice(0, 2).join()).toContain(rule);
  expect((await readSite(`${file}.yaml`)).site).toBe('Reproduced from evidence');
}
