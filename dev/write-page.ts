// Part of `npm run build`: what browsers get: the page of the report, so that users of the package need no
// build, and the files of the mock cloud's pages.
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { reportPage } from '../reports/html/page.js';

const target = new URL('../dist/reports/html/', import.meta.url);
await mkdir(target, { recursive: true });
await writeFile(new URL('page.html', target), await reportPage());

for (const page of ['portal', 'sign-in'])
  await cp(
    new URL(`../mocks/cloud/browser/${page}`, import.meta.url),
    new URL(`../dist/mocks/cloud/browser/${page}`, import.meta.url),
    { recursive: true, filter: (path) => !path.endsWith('.ts') },
  );
