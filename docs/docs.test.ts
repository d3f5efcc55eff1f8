import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { lab } from '../harness/cli/testing.js';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Commands that this very test is part of, that run the whole catalogue, that end with Ctrl-C, or that tests of `harness/cli` are about. */
const elsewhere = new Set([
  'npm test',
  'npm start',
  'npm run fast',
  'npm run lab -- run',
  'npm run lab -- check scenarios/sites/three-mistakes.yaml',
  'npm run lab -- up scenarios/sites/documented.yaml',
  'npm run parity',
  'npm run test:containers',
  'npx tsx dev/write-json-schema.ts',
  'npx tsx dev/draw-imports.ts',
  'npx vitest run docs/citations.test.ts',
  'SITES=2000 npx vitest run dev/site-verdicts.test.ts',
]);

interface Command {
  page: string;
  line: string;
  exitCode: number;
}

async function commands(): Promise<Command[]> {
  const pages = [
    'README.md',
    'CONTRIBUTING.md',
    ...(await readdir(join(root, 'docs')))
      .filter((name) => name.endsWith('.md') && name !== 'containers.md')
      .map((name) => `docs/${name}`),
  ];
  const texts = await Promise.all(
    pages.map(async (page) => ({ page, text: await readFile(join(root, page), 'utf8') })),
  );
  return texts.flatMap(({ page, text }) =>
    [...text.matchAll(/```sh(?: expect=(\d+))?\n([\s\S]*?)```/g)].flatMap(([, code = '0', block = '']) =>
      block
        .trim()
        .split('\n')
        .map((line) => ({ page, line, exitCode: Number(code) })),
    ),
  );
}

/** Commands write where nobody minds: files that a page makes up, and a folder where it names none. */
function inFolder(args: readonly string[]): string[] {
  const placed = args.map((word) => (madeUp.test(word) ? join(out, word) : word));
  if (args.includes('--out')) return placed;
  if (args[0] === 'report') return [...placed, out];
  if (args[0] === 'probe') return [...placed, '--out', join(out, 'evidence.json')];
  return ['run', 'check', 'ablate'].includes(args[0] ?? '') ? [...placed, '--out', out] : placed;
}

const madeUp = /^(shard-\d|merged|baseline\.json|customer\.yaml)$/;
const out = await mkdtemp(join(tmpdir(), 'connector-lab-docs-'));
const documented = (await commands()).filter(({ line }) => !elsewhere.has(line));

test('the docs hold commands', () => expect(documented.length).toBeGreaterThan(8));

test.each(documented)('$page: $line', async ({ line, exitCode }) => {
  const [npm, words = ''] = line.split(/ lab -- /);
  // Else npm's own lines stand before the JSON.
  expect(npm).toBe(words.includes('--json') ? 'npm run --silent' : 'npm run');
  const { code, stderr } = await lab(inFolder(words.split(' ')));
  expect(code, stderr).toBe(exitCode);
});

test('what npm run --silent prints with --json is JSON', async () => {
  const args = ['run', '--silent', 'lab', '--', 'list', 'tls/', '--json'];
  const { stdout } = await promisify(execFile)('npm', args, { cwd: root });
  expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining({ proves: ['tls/no-inspection'] }));
});
