import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { framed, searchScript } from './frame.js';
import { order } from './order.js';
import { type Page, placeOf, renderPage } from './render.js';

/** A report that a run made: a page of its own, which pages lead to. */
export interface MadeReport {
  title: string;
  /** Its name in the site. */
  place: string;
  html: string;
}

/**
 * The pages of a repository as a site in `out`, with every file that they lead to, and reports beside them.
 * @throws Error that names every link that leads nowhere, and every page that loads something from elsewhere
 */
export async function buildDocs(
  root: string,
  out: string,
  reports: readonly MadeReport[] = [],
): Promise<Page[]> {
  const pages = await Promise.all(
    Object.values(order)
      .flat()
      .map(async (path) => renderPage(path, await readFile(join(root, path), 'utf8'))),
  );
  const byPath = new Map(pages.map((page) => [page.path, page]));
  const files = new Set<string>();
  const problems: string[] = [];
  for (const page of pages) {
    for (const { to, anchor } of page.links) {
      const target = byPath.get(to);
      if (target ? anchor !== '' && !target.anchors.has(anchor) : !existsSync(join(root, to)))
        problems.push(`${page.path}: leads to ${to}${anchor && `#${anchor}`}, which is not there`);
      else if (!target) files.add(to);
    }
    for (const [, address] of page.html.matchAll(
      /<(?:img|script|link|iframe)\b[^>]*(?:src|href)="(\w+:[^"]*)"/g,
    ))
      problems.push(`${page.path}: loads ${address} from elsewhere`);
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
  await rm(out, { recursive: true, force: true });
  const titles = new Map(pages.map(({ path, title }) => [path, title]));
  for (const page of pages) await write(join(out, placeOf(page.path)), framed(page, titles, reports));
  for (const { place, html } of reports) await write(join(out, place), html);
  await write(join(out, 'search.js'), searchScript(pages));
  for (const file of files) await copy(join(root, file), join(out, placeOf(file)));
  return pages;
}

/** Of a folder, the names in it. */
async function copy(from: string, to: string): Promise<void> {
  if ((await stat(from)).isDirectory()) return write(to, `${(await readdir(from)).sort().join('\n')}\n`);
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
