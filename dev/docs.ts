import { fileURLToPath } from 'node:url';
import { buildDocs } from './docs-site/build.js';

/** `npm run docs`: the documentation as a site in `docs-site`, which opens from disk and loads nothing from elsewhere. */
const root = fileURLToPath(new URL('..', import.meta.url));
try {
  const pages = await buildDocs(root, `${root}docs-site`);
  console.log(`${pages.length} pages; open docs-site/index.html`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
