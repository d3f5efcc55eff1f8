// Draws the pictures of docs/architecture.md anew, from the imports as they are. Needs `dot` (Debian: graphviz).
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { cruise } from 'dependency-cruiser';
import { type ImportPicture, importPictures, notDrawn } from '../docs/pictures.js';

/** Grey that is read on white and on black. */
const grey = '#76808c';
const text = { fontname: 'Helvetica', fontsize: '11' };
const theme = {
  replace: true,
  graph: {
    rankdir: 'TB',
    bgcolor: 'transparent',
    color: grey,
    fontcolor: grey,
    style: 'rounded',
    nodesep: '0.25',
    ranksep: '0.35',
    ...text,
  },
  node: {
    shape: 'box',
    style: 'rounded,filled',
    color: grey,
    fillcolor: '#dbe6f4',
    fontcolor: '#1b2733',
    height: '0.28',
    ...text,
  },
  edge: { color: grey, arrowsize: '0.6' },
  modules: [],
  dependencies: [],
};

/** As dependency-cruiser draws it for Graphviz. */
async function dotOf({ within, folder }: ImportPicture): Promise<string> {
  const { options } = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
  const { output } = await cruise([...within], {
    ...options,
    exclude: { path: notDrawn },
    includeOnly: `^(${within.join('|')})/`,
    collapse: folder,
    outputType: 'archi',
    reporterOptions: { archi: { theme } },
  });
  return String(output);
}

for (const picture of importPictures) {
  const { status, stdout, stderr, error } = spawnSync('dot', ['-Tsvg'], {
    input: await dotOf(picture),
    encoding: 'utf8',
  });
  if (error || status !== 0) throw new Error(`dot could not draw: ${error?.message ?? stderr}`);
  await writeFile(picture.path, stdout);
}
