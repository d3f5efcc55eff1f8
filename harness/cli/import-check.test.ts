import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { folder, lab } from './testing.js';

const examples = fileURLToPath(new URL('../../docs/examples', import.meta.url));

/** A site of the user's, with something of his own in it, into which `files` were imported. */
async function imported(...files: string[]) {
  const cwd = await folder();
  const site = join(cwd, 'site.yaml');
  await writeFile(site, '# ours\nsite: Contoso # and its branch\nservers: [{ name: server-7 }]\n');
  for (const file of files) await cp(join(examples, file), join(cwd, file));
  const words = [...files.map((file) => join(cwd, file)), '--into', site];
  await lab(['import', ...words]);
  return { cwd, site, check: () => lab(['import', '--check', ...words]) };
}

it.each([['hosts.csv'], ['edge.rules']])('a site is as its files say after an import of %s', async (file) => {
  const { site, check } = await imported(file);
  const before = await readFile(site, 'utf8');
  expect(await check()).toMatchObject({ code: 0, stdout: '' });
  expect(await readFile(site, 'utf8')).toBe(before);
});

it('a changed rule is told with the line of the site, and nothing is written', async () => {
  const { cwd, site, check } = await imported('hosts.csv');
  const before = await readFile(site, 'utf8');
  await writeFile(
    join(cwd, 'hosts.csv'),
    `${await readFile(join(cwd, 'hosts.csv'), 'utf8')}new.contoso.test;443\n`,
  );
  const { code, stderr } = await check();
  expect(code).toBe(1);
  const [, line = ''] = /site\.yaml:(\d+): is /.exec(stderr) ?? [];
  expect(Number(line), stderr).toBeGreaterThan(3);
  expect(stderr).toContain('new.contoso.test');
  expect(await readFile(site, 'utf8')).toBe(before);
});

it('a site that is not there is told, and so is a file of which nothing is understood', async () => {
  const cwd = await folder();
  const site = join(cwd, 'site.yaml');
  const table = join(examples, 'hosts.csv');
  const missing = await lab(['import', '--check', table, '--into', site]);
  expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('is not there') });
  await expect(readFile(site)).rejects.toThrow('ENOENT');
  await writeFile(join(cwd, 'poem.txt'), 'Shall I compare thee\n');
  expect(await lab(['import', '--check', join(cwd, 'poem.txt'), '--into', site])).toMatchObject({ code: 2 });
});

it('without a site it says what is not understood', async () => {
  const edge = join(examples, 'edge.rules');
  expect(await lab(['import', '--check', edge])).toMatchObject({ code: 1, stdout: '' });
  expect(await lab(['import', '--check', join(examples, 'hosts.csv')])).toMatchObject({
    code: 0,
    stdout: '',
  });
});
