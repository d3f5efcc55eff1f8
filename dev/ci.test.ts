import { execFile } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { compiledProgram } from '../harness/cli/compiled-program.js';
import { folder, lab } from '../harness/cli/testing.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const actionSchema = z.object({
  inputs: z.record(z.string(), z.object({ default: z.string() })),
  runs: z.object({
    using: z.literal('composite'),
    steps: z.array(
      z.object({
        name: z.string(),
        if: z.string().optional(),
        run: z.string().optional(),
        env: z.record(z.string(), z.string()).default({}),
      }),
    ),
  }),
});

const gitlabSchema = z.object({
  spec: z.object({ inputs: z.record(z.string(), z.object({ default: z.string() })) }),
});
const jobSchema = z.object({
  'connector-lab': z.object({
    script: z.array(z.string()),
    variables: z.record(z.string(), z.string()),
    artifacts: z.object({ paths: z.array(z.string()), reports: z.object({ junit: z.string() }) }),
  }),
});

interface Step {
  name: string;
  run: string;
  env: Record<string, string>;
}

interface EndedStep {
  name: string;
  code: number;
  stdout: string;
}

/** Steps in a shell, as a runner does them, until one fails. */
async function perform(cwd: string, steps: readonly Step[]): Promise<EndedStep[]> {
  const program = `${process.execPath} ${await compiledProgram()}`;
  const ended: EndedStep[] = [];
  for (const { name, run, env } of steps) {
    const shell = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run];
    ended.push(
      await new Promise((resolve) => {
        const all = {
          ...process.env,
          ...env,
          CONNECTOR_LAB: program,
          GITHUB_STEP_SUMMARY: join(cwd, 'summary.md'),
        };
        execFile('bash', shell, { cwd, env: all }, (error, stdout) =>
          resolve({ name, code: error ? Number(error.code ?? 1) : 0, stdout }),
        );
      }),
    );
    if (ended.at(-1)?.code !== 0) break;
  }
  return ended;
}

/** The action's own steps; what other actions do is left out. */
async function action(cwd: string, said: Record<string, string>): Promise<EndedStep[]> {
  const { inputs, runs } = actionSchema.parse(parse(await readFile(join(root, 'action.yml'), 'utf8')));
  const value = (name: string) => said[name] ?? inputs[name]?.default ?? '';
  const filled = (text: string) => text.replace(/\$\{\{ inputs\.(\w+) \}\}/g, (_, name) => value(name));
  const steps = runs.steps.flatMap(({ name, if: condition, run, env }) =>
    run === undefined || (condition === "inputs.import != ''" && value('import') === '')
      ? []
      : [{ name, run: filled(run), env: mapped(env, filled) }],
  );
  return perform(cwd, steps);
}

/** The job of GitLab's template, with what its inputs say. */
async function gitlabJob(said: Record<string, string>) {
  const text = await readFile(join(root, 'templates/check.yml'), 'utf8');
  const [spec, jobs = ''] = text.split(/^---$/m);
  const { inputs } = gitlabSchema.parse(parse(spec ?? '')).spec;
  for (const name of Object.keys(said)) expect(inputs).toHaveProperty(name);
  const filled = jobs.replace(
    /\$\[\[ inputs\.(\w+) \]\]/g,
    (_, name) => said[name] ?? inputs[name]?.default ?? `no input ${name}`,
  );
  return jobSchema.parse(parse(filled))['connector-lab'];
}

async function gitlab(cwd: string, said: Record<string, string>): Promise<EndedStep[]> {
  const { script, variables } = await gitlabJob(said);
  return perform(
    cwd,
    script.map((run, index) => ({ name: `script ${index + 1}`, run, env: variables })),
  );
}

/** A hook as pre-commit runs it: its entry, the user's own arguments, then the files that changed. */
async function hook(cwd: string, id: string, ...words: string[]): Promise<EndedStep> {
  const hooks = z
    .array(z.object({ id: z.string(), entry: z.string(), files: z.string().optional() }))
    .parse(parse(await readFile(join(root, '.pre-commit-hooks.yaml'), 'utf8')));
  const { entry } = hooks.find((one) => one.id === id) ?? expect.fail(`there is no hook ${id}`);
  const name = 'connector-lab';
  const bin = join(cwd, name);
  await writeFile(bin, '#!/bin/sh\nexec $CONNECTOR_LAB "$@"\n', { mode: 0o755 });
  const run = [entry, ...words.map((word) => `'${word}'`)].join(' ');
  const [ended] = await perform(cwd, [{ name: id, run, env: { PATH: `${cwd}:${process.env.PATH}` } }]);
  return ended ?? expect.fail('the hook did not end');
}

function mapped(texts: Record<string, string>, change: (text: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, change(text)]));
}

it('imports rules, checks the site with them, and leaves summary and annotations for GitHub', async () => {
  const cwd = await folder();
  await writeFile(join(cwd, 'site.yaml'), 'site: Contoso\n');
  await cp(join(root, 'docs/examples/hosts.csv'), join(cwd, 'hosts.csv'));
  const [imported, checked] = await action(cwd, { import: 'hosts.csv', out: 'found' });
  expect(imported).toMatchObject({ name: 'Import', code: 0 });
  expect(checked).toMatchObject({ name: 'Check', code: 1 });
  expect(await readFile(join(cwd, 'summary.md'), 'utf8')).toContain('1 thing to mend');
  const sarif = await readFile(join(cwd, 'found/connector-lab.sarif'), 'utf8');
  expect(JSON.parse(sarif)).toMatchObject({ version: '2.1.0' });
});

it('passes where nothing is to be mended', async () => {
  const cwd = await folder();
  await writeFile(join(cwd, 'site.yaml'), 'site: Contoso\n');
  expect(await action(cwd, {})).toMatchObject([{ name: 'Check', code: 0 }]);
});

it('GitLab’s steps are words also where nothing is said', async () => {
  expect((await gitlabJob({})).variables).toMatchObject({ SITE: 'site.yaml', FILES: '' });
});

it('GitLab imports, checks, and takes report and JUnit from where they are', async () => {
  const cwd = await folder();
  await writeFile(join(cwd, 'site.yaml'), 'site: Contoso\n');
  await cp(join(root, 'docs/examples/hosts.csv'), join(cwd, 'hosts.csv'));
  const said = { import: 'hosts.csv', out: 'found' };
  expect(await gitlab(cwd, said)).toMatchObject([{ code: 0 }, { code: 1 }]);
  const { artifacts } = await gitlabJob(said);
  expect(artifacts.paths).toEqual(['found/']);
  expect(await readFile(join(cwd, artifacts.reports.junit), 'utf8')).toContain('<testsuite');
});

it('pre-commit checks each site file, and says where one is not as the rules beside it say', async () => {
  const cwd = await folder();
  await writeFile(join(cwd, 'good site.yaml'), 'site: Contoso\n');
  await writeFile(join(cwd, 'bad-site.yaml'), 'site: Contoso\nfirewall: { default: drop }\n');
  const check = 'connector-lab-check';
  const { code, stdout } = await hook(cwd, check, 'bad-site.yaml', 'good site.yaml');
  expect(code).toBe(1);
  expect(stdout).toContain('everything works');
  await cp(join(root, 'docs/examples/hosts.csv'), join(cwd, 'hosts.csv'));
  const words = ['hosts.csv', '--into', 'good site.yaml'] as const;
  expect(await hook(cwd, 'connector-lab-import', ...words)).toMatchObject({ code: 1 });
  await lab(['import', ...words.map((word) => (word.startsWith('--') ? word : join(cwd, word)))]);
  expect(await hook(cwd, 'connector-lab-import', ...words)).toMatchObject({ code: 0 });
});

it('the hook is for site files by their names, and the action uploads SARIF where there is one', async () => {
  const [{ files = '' } = {}] = parse(await readFile(join(root, '.pre-commit-hooks.yaml'), 'utf8'));
  const isFor = (path: string) => new RegExp(files).test(path);
  expect(['site.yaml', 'network/branch-site.yml', 'sites/a.yaml', 'site.yaml.bak'].map(isFor)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  const { runs } = parse(await readFile(join(root, 'action.yml'), 'utf8'));
  const upload = runs.steps.find(({ uses = '' }) => uses.startsWith('github/codeql-action/upload-sarif@'));
  expect(upload.if).toContain('always()');
  expect(upload.with.sarif_file).toBe(`\${{ inputs.out }}/connector-lab.sarif`);
});
