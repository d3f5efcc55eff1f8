import { lstat, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { removeLink, replaceFile } from './anew.js';
import { FolderLock } from './folder-lock.js';

const folder = () => mkdtemp(join(tmpdir(), 'connector-lab-anew-'));

it('a file takes the place of a link, and of one beside it: what they lead to stays', async () => {
  const given = await folder();
  const [precious, file] = [join(await folder(), 'precious'), join(given, 'report.pdf')];
  await writeFile(precious, 'ours');
  for (const name of [file, `${file}.partial`]) await symlink(precious, name);
  await replaceFile(file, 'new', '--pdf');
  expect(await readFile(precious, 'utf8')).toBe('ours');
  expect((await lstat(file)).isFile()).toBe(true);
  expect(await readFile(file, 'utf8')).toBe('new');
  expect(await readdir(given)).toEqual(['report.pdf']);
});

it('a file that cannot take its place is named, with the option that says where it goes', async () => {
  const given = await folder();
  const there = join(given, 'nowhere', 'report.pdf');
  await expect(replaceFile(there, '', '--pdf')).rejects.toThrow(
    `cannot write ${there}: no folder can be made there; choose another --pdf`,
  );
  await expect(replaceFile(given, '')).rejects.toThrow(
    `cannot write ${given}: there is a folder of that name; choose another --out`,
  );
});

it('links alone are taken away', async () => {
  const given = await folder();
  await writeFile(join(given, 'file'), 'ours');
  await symlink('file', join(given, 'link'));
  for (const name of ['file', 'link', 'nothing']) await removeLink(join(given, name));
  expect(await readdir(given)).toEqual(['file']);
});

it.each(['nowhere', 'file'])('a lock is taken where a link to %s lies under its name', async (target) => {
  const given = await folder();
  await writeFile(join(given, 'file'), 'ours');
  await symlink(target, join(given, 'run.lock'));
  const lock = await FolderLock.take(join(given, 'run.lock'));
  expect(lock).toBeInstanceOf(FolderLock);
  if (lock instanceof FolderLock) await lock[Symbol.asyncDispose]();
  expect(await readFile(join(given, 'file'), 'utf8')).toBe('ours');
  expect(await readdir(given)).toEqual(['file']);
});
