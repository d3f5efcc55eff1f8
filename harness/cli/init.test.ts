import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { startingFiles } from './init-files.js';
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
  expect(stderr).toContain('"app proxy" is not letters, digits and hyphens');
  expect(existsSync(into)).toBe(false);
});

it.each(['github', 'gitlab', 'none'] as const)('has a workflow for %s that checks the site', (ci) => {
  const files = startingFiles({ name: 'x', servers: ['a'], cloud: 'us-government', ci });
  const workflow = Object.entries(files).find(([name]) => name.endsWith('.yml'))?.[1];
  expect(parse(files['site.yaml'] ?? '')).toMatchObject({ cloud: { environment: 'us-government' } });
  if (ci === 'none') expect(workflow).toBeUndefined();
  else
    expect(JSON.stringify(parse(workflow ?? ''))).toContain(
      'connector-lab check site.yaml --engine embedded',
    );
});
