import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { type Mutant, mutated } from './mutant.js';
import { mutants } from './table.js';
import { document } from './told.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What is wrong with a mutant; nothing, where its text stands in its file once and what comes of it is a program. */
async function wrong(mutant: Mutant): Promise<string[]> {
  try {
    const source = await readFile(join(root, mutant.file), 'utf8');
    const text = mutated(mutant, source);
    await transform(text, { loader: 'ts', logLevel: 'silent' });
    return text === source ? [`${mutant.id}: nothing is changed`] : [];
  } catch (error) {
    return [`${mutant.id}: ${String(error)}`];
  }
}

describe('the table of switched-off behaviours', () => {
  it('has enough of them, each under a name of its own', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(60);
    expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
  });

  it('finds each text exactly once, and every mutant is a program', async () => {
    expect((await Promise.all(mutants.map(wrong))).flat()).toEqual([]);
  });

  it('is in the page: each a row, and no row of one that is gone', async () => {
    const page = await readFile(join(root, 'docs/mutants.md'), 'utf8');
    const rows = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, id]) => id);
    expect(rows).toEqual(mutants.map(({ id }) => id));
  });

  it('names scenarios that are there', async () => {
    const files = await readdir(join(root, 'scenarios'), { recursive: true });
    const ids = files.flatMap((file) =>
      file.endsWith('.scenario.ts') ? file.replace('.scenario.ts', '').replaceAll('\\', '/') : [],
    );
    const unknown = mutants.filter(({ noticedBy }) => {
      const [file = ''] = noticedBy.split('#');
      return !ids.some((id) => (noticedBy.includes('#') ? id === file : id.includes(file)));
    });
    expect(unknown.map(({ id, noticedBy }) => `${id}: ${noticedBy}`)).toEqual([]);
  });

  it.each([
    ['nowhere', 'c'],
    ['more than once', 'a'],
  ])('refuses a text that stands %s', (words, find) => {
    const mutant = { id: 't/t', file: 'f.ts', find, replace: '', off: '', noticedBy: '' };
    expect(() => mutated(mutant, 'a b a')).toThrow(`t/t: its text stands in f.ts ${words}`);
  });
});

it('writes the page of a whole run, and of a part its rows', () => {
  const [one, other] = ['t/one', 't/other'].map((id) => ({
    ...{ id, file: 'f.ts', find: '', replace: '', off: 'Off.', noticedBy: 'a/b' },
  })) as [Mutant, Mutant];
  const table = [one, other];
  const nobody = { mutant: one, noticed: [], named: true };
  const whole = document([nobody, { mutant: other, noticed: ['a/c'], named: true }], table, 'abc', '');
  expect(whole).toContain('Measured at commit `abc`: 2 of 2 behaviours, 1 unnoticed.');
  const part = document([{ ...nobody, noticed: ['a/b'] }], table, 'def', whole);
  expect(part).toContain(
    'Measured at commit `abc`, a part again at `def`: 2 of 2 behaviours, none unnoticed.',
  );
  expect(part).toContain('| `t/one` | Off. | `f.ts` | `a/b` |\n| `t/other` | Off. | `f.ts` | `a/c` |');
});

it('leaves on the page what is told there of pure tests', () => {
  const pure = '## What pure tests notice\n\nNearly all.';
  expect(document([], [], 'abc', `# Before\n\n${pure}\n`).endsWith(`\n\n${pure}\n`)).toBe(true);
  expect(document([], [], 'abc', '# Before\n')).not.toContain('pure tests notice');
});
