import { execFile } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { compiledProgram } from '../harness/cli/compiled-program.js';
import { runtimeForTests } from '../harness/engines/containers/testing.js';

const docker = await runtimeForTests();
const root = fileURLToPath(new URL('..', import.meta.url));
const page = await readFile(join(root, 'docs/containers.md'), 'utf8');
const lines = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
  block.trim().split('\n'),
);

test('the page holds commands', () => expect(lines.length).toBeGreaterThan(4));

test.skipIf(!docker).each(lines)('docs/containers.md: %s', async (line) => {
  const args = line.replace(/^npm run lab -- /, '').split(' ');
  const out = await mkdtemp(join(tmpdir(), 'connector-lab-docs-'));
  const takesOut = ['run', 'check'].includes(args[0] ?? '');
  const full = [await compiledProgram(), ...args, ...(takesOut ? ['--out', out] : [])];
  const code = await new Promise((resolve) => {
    execFile(process.execPath, full, { cwd: root }, (error) => resolve(error?.code ?? 0));
  });
  // A customer's site that breaks something ends with 1, and the page shows one.
  expect(code).toBe(args[0] === 'check' ? 1 : 0);
});
