import { createRequire } from 'node:module';

/** By the package's own name: sources and `dist` are at different depths. */
export const { version } = createRequire(import.meta.url)('connector-lab/package.json') as {
  version: string;
};
