import { mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { attempts } from '../../model/diagnosis/testing.js';
import { readGiven } from './read-evidence.js';

const folder = await mkdtemp(join(tmpdir(), 'connector-lab-diagnose-'));

async function fileWith(name: string, text: string | Buffer): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

it('reads evidence of this version', async () => {
  const evidence = attempts({});
  const file = await fileWith('evidence.json', JSON.stringify(evidence));
  expect(await readGiven(file)).toEqual({ evidence });
});

it('reads a site file, in JSON too', async () => {
  const file = await fileWith('site.json', '{ "site": "Here" }');
  expect(await readGiven(file)).toMatchObject({ site: { site: 'Here' } });
});

it.each<[string, string, string | Buffer, RegExp]>([
  [
    'of another version',
    'other.json',
    '{ "schema": "connector-lab/evidence@9" }',
    /expected schema connector-lab\/evidence@1/,
  ],
  [
    'with a word nobody knows',
    'word.json',
    JSON.stringify({ ...attempts({ outcome: 'fine' as 'ok' }) }),
    /attempts\.0\.outcome/,
  ],
  ['that holds more than it may', 'more.json', JSON.stringify({ ...attempts(), device: 'edge' }), /device/],
  ['that is no JSON', 'cut.json', '{ "schema": ', /is not JSON/],
  ['without an end of its depth', 'deep.json', '['.repeat(200_000), /is not JSON/],
])('refuses evidence %s in one short message', async (_, name, text, words) => {
  const error = await readGiven(await fileWith(name, text)).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'UsageError', message: expect.stringMatching(words) });
  expect((error as Error).message.length).toBeLessThan(600);
});

it('refuses what is not there', () =>
  expect(readGiven(join(folder, 'nothing'))).rejects.toThrow('no such file'));

it('says why the system does not give a file', async () => {
  const loop = join(folder, 'loop');
  await symlink(loop, loop);
  const refused = { name: 'UsageError' };
  await expect(readGiven(loop)).rejects.toMatchObject({
    ...refused,
    message: expect.stringMatching(/cannot be read: ELOOP/),
  });
});

it.skipIf(process.platform !== 'linux')('says so of a file that nobody may read', () =>
  expect(readGiven('/proc/self/mem')).rejects.toMatchObject({
    name: 'UsageError',
    message: expect.stringMatching(/^\/proc\/self\/mem: cannot be read/),
  }),
);
