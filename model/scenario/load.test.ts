import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { loadScenarios } from './load.js';
import { ScenarioFileError } from './read-spec.js';
import { selectScenarios } from './select.js';

const good = fileURLToPath(new URL('../../scenarios/server/ie-esc.scenario.ts', import.meta.url));

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'scenarios-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

it('a scenario file that throws is named, with what it said', async () => {
  const folder = folderWith({ 'broken.scenario.js': 'throw new Error("no such server")' });
  const file = join(folder, 'broken.scenario.js');
  const loading = loadScenarios(folder);
  await expect(loading).rejects.toThrow(ScenarioFileError);
  await expect(loading).rejects.toThrow(`${file} cannot be loaded: no such server`);
});

it('files that are wrong are told one by one, each with its problem, and the others load', async () => {
  const again = `import one from '${good}'; export default`;
  const folder = folderWith({
    'cut-off.scenario.js': 'export default {',
    'empty.scenario.js': '',
    'good.scenario.js': `${again} one`,
    'misspelt.scenario.js': `${again} { ...one, proves: 'tls/no-inspektion' }`,
    'throws.scenario.js': `${again} { ...one, change: { ...one.change, apply: () => { throw new Error('oh') } } }`,
    'twice.scenario.js': `${again} [one, one]`,
  });
  const told: string[] = [];
  const loaded = await loadScenarios(folder, ({ message }) => told.push(message));
  expect(loaded.map(({ scenario }) => scenario.id)).toEqual(['good']);
  expect(told.sort()).toEqual([
    expect.stringMatching(/cut-off\.scenario\.js cannot be loaded: ./),
    expect.stringMatching(/throws\.scenario\.js cannot be loaded: oh/),
    expect.stringMatching(/empty\.scenario\.js: scenario: ./),
    expect.stringMatching(/misspelt\.scenario\.js: proves: .*did you mean tls\/no-inspection\?/),
    expect.stringMatching(/twice\.scenario\.js: two scenarios are called twice/),
  ]);
});

it('a requirement that none of the scenarios proves is named, with where to look', async () => {
  const loaded = await loadScenarios(folderWith({}));
  expect(() => selectScenarios(loaded, { requirement: 'server/coexists' })).toThrow(
    'no scenario proves server/coexists (connector-lab list --requirements shows what is proved)',
  );
});
