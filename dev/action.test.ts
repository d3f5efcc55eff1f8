import { execFile } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { compiledProgram } from '../harness/cli/compiled-program.js';
import { folder } from '../harness/cli/testing.js';

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

/** The action's own steps, in a shell, as a runner does them; what other actions do is left out. */
async function perform(cwd: string, said: Record<string, string>) {
  const { inputs, runs } = actionSchema.parse(parse(await readFile(join(root, 'action.yml'), 'utf8')));
  const value = (name: string) => said[name] ?? inputs[name]?.default ?? '';
  const filled = (text: string) => text.replace(/\$\{\{ inputs\.(\w+) \}\}/g, (_, name) => value(name));
  const program = `${process.execPath} ${await compiledProgram()}`;
  const ended: { name: string; code: number; stdout: string }[] = [];
  for (const step of runs.steps) {
    if (step.run === undefined || (step.if === "inputs.import != ''" && value('import') === '')) continue;
    const env = Object.fromEntries(Object.entries(step.env).map(([name, text]) => [name, filled(text)]));
    const shell = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', filled(step.run)];
    ended.push(
      await new Promise((resolve) => {
        const all = {
          ...process.env,
          ...env,
          CONNECTOR_LAB: program,
          GITHUB_STEP_SUMMARY: join(cwd, 'summary.md'),
        };
        execFile('bash', shell, { cwd, env: all }, (error, stdout) =>
          resolve({ name: step.name, code: error ? Number(error.code ?? 1) : 0, stdout }),
        );
      }),
    );
    if (ended.at(-1)?.code !== 0) break;
  }
  return ended;
}

it('imports rules, checks the site with them, and leaves summary and annotations for GitHub', async () => {
  const cwd = await folder();
  await writeFile(join(cwd, 'site.yaml'), 'site: Contoso\n');
  await cp(join(root, 'docs/examples/hosts.csv'), join(cwd, 'hosts.csv'));
  const [imported, checked] = await perform(cwd, { import: 'hosts.csv', out: 'found' });
  expect(imported).toMatchObject({ name: 'Import', code: 0 });
  expect(checked).toMatchObject({ name: 'Check', code: 1 });
  expect(await readFile(join(cwd, 'summary.md'), 'utf8')).toContain('1 thing to mend');
  const sarif = await readFile(join(cwd, 'found/connector-lab.sarif'), 'utf8');
  expect(JSON.parse(sarif)).toMatchObject({ version: '2.1.0' });
});

it('passes where nothing is to be mended', async () => {
  const cwd = await folder();
  await writeFile(join(cwd, 'site.yaml'), 'site: Contoso\n');
  expect(await perform(cwd, {})).toMatchObject([{ name: 'Check', code: 0 }]);
});
