import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { loadScenarios } from './load.js';
import { ScenarioFileError } from './read-spec.js';

it('a scenario file that throws is named, with what it said', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'scenarios-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'broken.scenario.js');
  writeFileSync(file, 'throw new Error("no such server")');
  const loading = loadScenarios(folder);
  await expect(loading).rejects.toThrow(ScenarioFileError);
  await expect(loading).rejects.toThrow(`${file} cannot be loaded: no such server`);
});
