import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import { loadCatalogue } from './catalogue.js';
import { exitCodes } from './exit-codes.js';
import { folder } from './testing.js';

const good = fileURLToPath(new URL('../../scenarios/server/ie-esc.scenario.ts', import.meta.url));

it('one file that is wrong does not stop the others; it is named, and makes the exit code 2', async () => {
  const place = await folder();
  await writeFile(join(place, 'good.scenario.js'), `export { default } from '${good}';`);
  await writeFile(join(place, 'broken.scenario.js'), 'throw new Error("no such server")');
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const { scenarios, end } = await loadCatalogue(place);
    expect(scenarios.map(({ scenario }) => scenario.id)).toEqual(['good']);
    expect([end(exitCodes.ok), end(exitCodes.unexpected)]).toEqual([exitCodes.usage, exitCodes.usage]);
    // What ended otherwise has said why.
    expect(end(exitCodes.interrupted)).toBe(exitCodes.interrupted);
    const said = stderr.mock.calls.map(([text]) => text).join('');
    expect(said).toMatch(/broken\.scenario\.js cannot be loaded: no such server\n/m);
    expect(said).toContain('1 scenario file is wrong');
  } finally {
    stderr.mockRestore();
  }
});

it('nothing is said of a catalogue in which no file is wrong', async () => {
  const place = await folder();
  await writeFile(join(place, 'good.scenario.js'), `export { default } from '${good}';`);
  const { end } = await loadCatalogue(place);
  expect([end(exitCodes.ok), end(exitCodes.unexpected)]).toEqual([exitCodes.ok, exitCodes.unexpected]);
});
