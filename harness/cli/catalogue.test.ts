import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import { runResultsSchema } from '../../model/verdict/results.js';
import { folder, lab } from './testing.js';

const place = vi.hoisted(() => ({ catalogueFolder: '' }));
vi.mock('./catalogue-folder.js', () => place);

const good = fileURLToPath(new URL('../../scenarios/server/ie-esc.scenario.ts', import.meta.url));

it('one file that is wrong does not stop the others; it is named, and makes the exit code 2', async () => {
  place.catalogueFolder = await folder();
  await writeFile(join(place.catalogueFolder, 'good.scenario.js'), `export { default } from '${good}';`);
  await writeFile(join(place.catalogueFolder, 'broken.scenario.js'), 'throw new Error("no such server")');
  const named = /broken\.scenario\.js cannot be loaded: no such server\n[\s\S]*1 scenario file is wrong/;

  const ran = await lab(['run', '--engine', 'embedded', '--out', await folder(), '--json']);
  expect(ran).toMatchObject({ code: 2, stderr: expect.stringMatching(named) });
  expect(runResultsSchema.parse(JSON.parse(ran.stdout))).toMatchObject({
    scenarios: [{ id: 'good', outcome: 'passed' }],
  });

  const listed = await lab(['list', '--json']);
  expect(listed).toMatchObject({ code: 2, stderr: expect.stringMatching(named) });
  expect(JSON.parse(listed.stdout)).toMatchObject([{ id: 'good' }]);

  expect(await lab(['explain', 'server/ie-esc'])).toMatchObject({
    code: 2,
    stdout: expect.stringMatching(/^Proved by +good$/m),
  });
});
