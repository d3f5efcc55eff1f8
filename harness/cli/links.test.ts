import { lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { attempts } from '../../model/diagnosis/testing.js';
import { tellProbed } from './tell-probed.js';
import { folder, lab } from './testing.js';
import { up } from './up.js';

/**
 * A folder as somebody else gave it: under our names lie links to a file and to a folder that are not theirs. Beside
 * it what has to be as it was afterwards.
 */
async function givenFolder({ files = [], folders = [] }: { files?: string[]; folders?: string[] }) {
  const [given, elsewhere] = [await folder(), await folder()];
  const precious = join(elsewhere, 'precious');
  await writeFile(precious, 'ours');
  for (const name of files) await symlink(precious, join(given, name));
  for (const name of folders) await symlink(elsewhere, join(given, name));
  return {
    given,
    async expectUntouched() {
      expect(await readdir(elsewhere)).toEqual(['precious']);
      expect(await readFile(precious, 'utf8')).toBe('ours');
    },
    async expectFiles(...names: string[]) {
      for (const name of names) expect((await lstat(join(given, name))).isFile(), name).toBe(true);
    },
  };
}

const both = (name: string) => [name, `${name}.partial`];

it('fix writes patch, copies and site beside what lies there', async () => {
  const { given, expectUntouched, expectFiles } = await givenFolder({
    files: [...both('fix.patch'), ...both('cured.yaml')],
  });
  // The copies go into folders named as those of the files: one of them leads elsewhere.
  const elsewhere = await givenFolder({ folders: ['docs'] });
  await mkdir(join(given, 'patched'));
  await symlink(elsewhere.given, join(given, 'patched', 'docs'));
  const files = ['docs/examples/hosts.csv'];
  const { code, stderr } = await lab(['fix', ...files, '--engine', 'embedded', '--out', given]);
  expect(code, stderr).toBeLessThan(2);
  await expectUntouched();
  expect(await readdir(elsewhere.given)).toEqual(['docs']);
  await expectFiles('fix.patch', 'cured.yaml', 'patched/docs/examples/hosts.csv');
});

it('fix makes a folder of its own where a link to one lies', async () => {
  const { given, expectUntouched } = await givenFolder({ folders: ['patched'] });
  const file = join(await folder(), 'hosts.csv');
  await writeFile(file, 'Host;Port\n*.msappproxy.net;443\n');
  await lab(['fix', file, '--engine', 'embedded', '--out', given]);
  await expectUntouched();
  expect(await readFile(join(given, 'patched', 'hosts.csv'), 'utf8')).toContain('servicebus');
});

it('up writes its roots beside what lies there, and lets no browser into a folder elsewhere', async () => {
  const { given, expectUntouched, expectFiles } = await givenFolder({
    files: [...both('lab-roots.pem'), 'up.lock'],
    folders: ['browser'],
  });
  const interrupt = new AbortController();
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    if (String(chunk).includes('until Ctrl-C')) interrupt.abort();
    return true;
  });
  onTestFinished(() => write.mockRestore());
  const flags = { engine: 'embedded', out: given, signal: interrupt.signal } as const;
  expect(await up('scenarios/sites/documented.yaml', flags)).toBe(130);
  await expectUntouched();
  await expectFiles('lab-roots.pem');
  expect(await readdir(given)).toEqual(['lab-roots.pem']);
});

it('probe writes its evidence beside what lies there', async () => {
  const { given, expectUntouched, expectFiles } = await givenFolder({ files: both('evidence.json') });
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  onTestFinished(() => write.mockRestore());
  const { signal } = new AbortController();
  await tellProbed({ evidence: attempts({}), uncounted: [] }, { out: join(given, 'evidence.json'), signal });
  await expectUntouched();
  await expectFiles('evidence.json');
});

it('import writes no site through a link that leads nowhere, nor through one beside the site', async () => {
  const { given, expectUntouched } = await givenFolder({ files: ['site.yaml.partial'] });
  const missing = await folder();
  await symlink(join(missing, 'site.yaml'), join(given, 'site.yaml'));
  const { code, stderr } = await lab([
    ...['import', 'docs/examples/hosts.csv', '--into', join(given, 'site.yaml')],
  ]);
  expect(code, stderr).toBe(0);
  await expectUntouched();
  expect(await readdir(missing)).toEqual([]);
  expect(await readFile(join(given, 'site.yaml'), 'utf8')).toContain('msappproxy');
});

it('import changes the site that its user names by a link of their own, and leaves the link', async () => {
  const [given, shared] = [await folder(), await folder()];
  await writeFile(join(shared, 'site.yaml'), 'site: Shared\n');
  await symlink(join(shared, 'site.yaml'), join(given, 'site.yaml'));
  await lab(['import', 'docs/examples/hosts.csv', '--into', join(given, 'site.yaml')]);
  expect((await lstat(join(given, 'site.yaml'))).isSymbolicLink()).toBe(true);
  expect(await readFile(join(shared, 'site.yaml'), 'utf8')).toContain('msappproxy');
});
