import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { startingFiles, workflowOf } from './init-files.js';
import { folder, lab } from './testing.js';

it('writes a site, a scenario and a workflow, and checks the site', async () => {
  const into = join(await folder(), 'network');
  const said = ['--name', 'Contoso', '--server', 'one', 'two', '--proxy', 'proxy.contoso.test:8080'];
  const { code, stdout, stderr } = await lab(['init', into, '--yes', ...said]);
  expect(code, stderr).toBe(0);
  expect(stdout).toContain('Contoso: everything works');
  expect(parse(await readFile(join(into, 'site.yaml'), 'utf8'))).toEqual({
    site: 'Contoso',
    servers: [{ name: 'one' }, { name: 'two' }],
    proxy: { address: 'proxy.contoso.test:8080' },
  });
  expect((await readdir(into)).toSorted()).toEqual([
    '.github',
    '.gitignore',
    'connector-lab-out',
    'connector.test.ts',
    'site.yaml',
  ]);
});

it('leaves what is there as it is, and writes nothing then', async () => {
  const into = await folder();
  await mkdir(join(into, '.github/workflows'), { recursive: true });
  const known = join(into, '.github/workflows/connector-lab.yml');
  await writeFile(known, 'ours');
  const { code, stderr } = await lab(['init', into, '--yes']);
  expect([code, await readdir(into), await readFile(known, 'utf8')]).toEqual([2, ['.github'], 'ours']);
  expect(stderr).toContain(
    `${known} is there already, and stays as it is: name another folder, or say --ci none`,
  );
});

it('writes nothing where what was said makes no site', async () => {
  const into = join(await folder(), 'network');
  const { code, stderr } = await lab(['init', into, '--yes', '--server', 'app proxy']);
  expect(code).toBe(2);
  expect(stderr).toContain('--server: "app proxy" is not letters, digits and hyphens');
  expect(existsSync(into)).toBe(false);
});

it('says in words that there is a file where the folder should be', async () => {
  const file = join(await folder(), 'network');
  await writeFile(file, 'ours');
  const { code, stderr } = await lab(['init', file, '--yes']);
  expect(code).toBe(2);
  expect(stderr).toContain(`cannot write ${file}: there is a file of that name where a folder is needed`);
});

it('puts the workflow where CI looks for it, in the root of the repository', async () => {
  const root = await folder();
  await mkdir(join(root, '.git'));
  await writeFile(join(root, '.gitignore'), 'ours');
  const { code, stderr } = await lab(['init', join(root, "sites/the branch's"), '--yes']);
  expect(code, stderr).toBe(0);
  const workflow = parse(await readFile(join(root, '.github/workflows/connector-lab.yml'), 'utf8'));
  const { defaults, steps } = workflow.jobs.network;
  expect(defaults.run['working-directory']).toBe("sites/the branch's");
  expect(steps.at(-1).with.path).toBe("sites/the branch's/connector-lab-out");
  expect(await readFile(join(root, '.gitignore'), 'utf8')).toBe('ours');
});

it('goes into the folder of the site on GitLab, too, whatever that is called', () => {
  const { text = '' } = workflowOf('gitlab', "sites/the branch's") ?? {};
  const { script, artifacts } = parse(text).network;
  expect(script[0]).toBe("cd 'sites/the branch'\\''s'");
  expect(artifacts.reports.junit).toBe("sites/the branch's/connector-lab-out/junit.xml");
});

it.each(['github', 'gitlab'] as const)('has a workflow for %s that checks the site', (ci) => {
  const { text = '' } = workflowOf(ci, '') ?? {};
  expect(JSON.stringify(parse(text))).toContain('connector-lab check site.yaml --engine embedded');
});

it('has no workflow where none is wanted', () => expect(workflowOf('none', '')).toBeUndefined());

it('writes a site of another cloud', () => {
  const files = startingFiles({ name: 'x', servers: ['a'], cloud: 'us-government', ci: 'none' });
  expect(parse(files['site.yaml'])).toMatchObject({ cloud: { environment: 'us-government' } });
});
