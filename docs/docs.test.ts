import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { lab } from '../harness/cli/testing.js';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Commands that this very test is part of, that run the whole catalogue or live in all stories, that end with Ctrl-C, or that tests of `harness/cli` are about. */
const elsewhere = new Set([
  'npm test',
  'npm start',
  'npm run fast',
  'npm run lab -- run',
  'npm run lab -- check scenarios/sites/three-mistakes.yaml',
  'npm run lab -- up scenarios/sites/documented.yaml',
  'npm run parity',
  'npm run stories',
  'npm run test:containers',
  'FAULTS=all npm run test:containers -- harness/cli/probe',
  'npx tsx dev/write-json-schema.ts',
  'npx tsx dev/draw-imports.ts',
  'npx vitest run docs/citations.test.ts',
  'SITES=2000 npx vitest run dev/site-verdicts.test.ts',
]);

interface Command {
  page: string;
  line: string;
  exitCode: number;
  /** What it must print: pieces of whole lines, in this order. */
  output: string[];
}

/** Commands, and what stands under them as their output; `…` leaves lines out. */
const commandBlock = /```sh(?: expect=(\d+))?\n([\s\S]*?)```\n(?:\n```text output\n([\s\S]*?)```)?/g;
/** Files that a page gives its reader: ` ```yaml site.yaml `. */
const fileBlock = /```\w+ (\S+\.\w+)\n([\s\S]*?)```/g;

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
    [...text.matchAll(commandBlock)].flatMap(([, code = '0', block = '', output = '']) =>
      block
        .trim()
        .split('\n')
        .map((line) => ({ page, line, exitCode: Number(code), output: output.split('…\n').filter(Boolean) })),
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

const madeUp = /^(shard-\d|merged|baseline\.json|customer\.yaml|site\.yaml|hosts\.csv)$/;
const out = await mkdtemp(join(tmpdir(), 'connector-lab-docs-'));
for (const [, name = '', text = ''] of (await readFile(join(root, 'README.md'), 'utf8')).matchAll(fileBlock))
  await writeFile(join(out, name), text);
const documented = (await commands()).filter(({ line }) => !elsewhere.has(line));

test('the docs hold commands', () => expect(documented.length).toBeGreaterThan(8));

test.each(documented)('$page: $line', async ({ line, exitCode, output }) => {
  const [program, words = ''] = line.split(/ lab -- |(?<=^npx connector-lab) /);
  // Else npm's own lines stand before the JSON.
  if (program !== 'npx connector-lab')
    expect(program).toBe(words.includes('--json') ? 'npm run --silent' : 'npm run');
  const { code, stdout, stderr } = await lab(inFolder(words.split(' ')));
  expect(code, stderr).toBe(exitCode);
  let rest = stdout;
  for (const piece of output) {
    expect(rest).toContain(piece);
    rest = rest.slice(rest.indexOf(piece) + piece.length);
  }
});

test('what npm run --silent prints with --json is JSON', async () => {
  const args = ['run', '--silent', 'lab', '--', 'list', 'tls/', '--json'];
  const { stdout } = await promisify(execFile)('npm', args, { cwd: root });
  expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining({ proves: ['tls/no-inspection'] }));
});
