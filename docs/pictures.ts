/** A picture of the imports between folders: what is left of a file's path by `folder` is its folder. */
export interface ImportPicture {
  path: string;
  within: readonly string[];
  folder: string;
}

/** The floors of the house, and the inside of the lowest. `dev/draw-imports.ts` draws them. */
export const importPictures: readonly ImportPicture[] = [
  {
    path: 'docs/architecture.svg',
    within: ['scenarios', 'harness', 'docker', 'mocks', 'reports', 'model'],
    folder: '^(harness/[^/.]+/|[^/]+)',
  },
  { path: 'docs/architecture-model.svg', within: ['model'], folder: '^model/[^/]+' },
];

/** Files that are not in the pictures: tests, and what only they use. */
export const notDrawn = '\\.test\\.ts$|testing\\.ts$|\\.d\\.ts$|^harness/engines/clients/';
