import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseSite } from '../model/site/read.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const yamlBlock = /```yaml[^\n]*\n([\s\S]*?)```/g;

/** Site files that pages show, each with its page. */
async function sitesOf(page: string): Promise<{ page: string; text: string }[]> {
  const text = await readFile(join(root, page), 'utf8');
  return [...text.matchAll(yamlBlock)].flatMap(([, block = '']) =>
    /^site:/m.test(block) ? [{ page, text: block }] : [],
  );
}

const pages = (await readdir(join(root, 'docs'))).filter((name) => name.endsWith('.md'));
const sites = (await Promise.all(['README.md', ...pages.map((name) => `docs/${name}`)].map(sitesOf))).flat();

test('pages show site files', () => expect(sites.length).toBeGreaterThan(6));

test.each(sites)('$page: $text', ({ page, text }) => {
  expect(parseSite(text, page).site).not.toBe('');
});
