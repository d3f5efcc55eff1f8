// Part of `npm run build`: the page of the report, so that users of the package need no build.
import { mkdir, writeFile } from 'node:fs/promises';
import { reportPage } from '../reports/html/page.js';

const target = new URL('../dist/reports/html/', import.meta.url);
await mkdir(target, { recursive: true });
await writeFile(new URL('page.html', target), await reportPage());
