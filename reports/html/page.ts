import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ReportPageError } from './page-error.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** What the page is made of. */
const sources = ['reports/app', 'reports/contract', 'reports/html/build-page.ts', 'package-lock.json'];
const cache = join(root, 'node_modules/.cache/connector-lab');

/**
 * The report's page without a report in it. The published package holds it; in a clone it is built
 * from `reports/app` when it is not there or the sources have changed.
 * @throws ReportPageError
 */
export async function reportPage(): Promise<string> {
  if (!existsSync(join(root, 'reports/app/index.html')))
    return readFile(fileURLToPath(new URL('page.html', import.meta.url)), 'utf8').catch((error: unknown) => {
      throw new ReportPageError('the page of the report is missing; install connector-lab again', {
        cause: error,
      });
    });
  const built = join(cache, `report-${await contentHash()}.html`);
  if (existsSync(built)) return readFile(built, 'utf8');
  const { buildPage } = await import('./build-page.js');
  const page = await buildPage(join(root, 'reports/app'));
  await keep(built, page);
  return page;
}

/** Several runs may build at the same time: the file is there whole or not at all. */
async function keep(file: string, page: string): Promise<void> {
  const partial = `${file}.${randomUUID()}`;
  try {
    await mkdir(dirname(file), { recursive: true });
    for (const old of await readdir(cache))
      if (/^report-[0-9a-f]+\.html$/.test(old)) await rm(join(cache, old), { force: true });
    await writeFile(partial, page);
    await rename(partial, file);
  } catch {
    // A clone that cannot be written builds the page each time.
    await rm(partial, { force: true });
  }
}

async function contentHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const source of sources) {
    const whole = join(root, source);
    const inside = await readdir(whole, { recursive: true, withFileTypes: true }).catch(() => undefined);
    const files = inside?.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name)) ?? [
      whole,
    ];
    for (const file of files.filter((one) => !one.endsWith('.test.ts')).sort())
      hash.update(`${file.slice(root.length)}\n`).update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 16);
}
