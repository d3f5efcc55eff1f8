import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDocs } from './build.js';
import { order } from './order.js';
import { placeOf } from './render.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'connector-lab-site-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the documentation as a site', () => {
  it('has every page, and loads nothing from elsewhere', async () => {
    const out = join(folder, 'out');
    // A link that leads nowhere makes this fail.
    await buildDocs(root, out);
    const inDocs = ['docs', 'docs/sources'].map(async (place) =>
      (await readdir(join(root, place)))
        .filter((name) => name.endsWith('.md'))
        .map((name) => `${place}/${name}`),
    );
    const listed = Object.values(order).flat();
    for (const path of (await Promise.all(inDocs)).flat()) expect(listed).toContain(path);
    const built = (await readdir(out, { recursive: true })).filter((name) => name.endsWith('.html'));
    expect(built.length).toBe(listed.length);
    for (const name of built) {
      const page = await readFile(join(out, name), 'utf8');
      const loaded = [...page.matchAll(/<(?!a\b)\w+\b[^>]*\b(?:src|href)="([^"]*)"/g)].map(
        ([, to = '']) => to,
      );
      expect(loaded.length, name).toBeGreaterThan(0);
      for (const to of loaded) {
        expect(to, name).not.toMatch(/^(\w+:|\/)/);
        await readFile(join(out, dirname(name), to));
      }
      expect(page, name).not.toMatch(/@import|url\(|fetch\(|import\(/);
    }
  });

  it('leads from every page to the reports that were made for it', async () => {
    const out = join(folder, 'with-reports');
    const made = { title: 'Check of a site', place: 'check-report.html', html: '<h1>what to mend</h1>' };
    const pages = await buildDocs(root, out, [made]);
    expect(await readFile(join(out, made.place), 'utf8')).toBe(made.html);
    for (const { path } of pages) {
      const place = join(out, placeOf(path));
      const [, to = ''] = /href="([^"]*)">Check of a site</.exec(await readFile(place, 'utf8')) ?? [];
      expect(join(dirname(place), to), path).toBe(join(out, made.place));
    }
  });

  it.each([
    ['[x](docs/nowhere.md)', 'README.md: leads to docs/nowhere.md, which is not there'],
    ['[x](docs/run.md#nothing)', 'README.md: leads to docs/run.md#nothing, which is not there'],
    ['![x](https://elsewhere.test/x.png)', 'README.md: loads https://elsewhere.test/x.png from elsewhere'],
  ])('refuses %s', async (wrong, problem) => {
    const copy = await mkdtemp(join(folder, 'copy-'));
    for (const path of Object.values(order).flat()) {
      await mkdir(dirname(join(copy, path)), { recursive: true });
      await cp(join(root, path), join(copy, path));
    }
    await writeFile(join(copy, 'README.md'), `# x\n\n${wrong}\n`);
    await expect(buildDocs(copy, join(copy, 'out'))).rejects.toThrow(problem);
  });
});
