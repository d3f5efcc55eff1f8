import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { pacSandbox } from '../../docker/build-agent.js';
import { version } from './version.js';

/** There is no `package.json` beside the program. */
const ownVersion: Plugin = {
  name: 'own-version',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]harness[\\/]cli[\\/]version\.ts$/ }, () => ({
      contents: `export const version = ${JSON.stringify(version)};`,
    }));
  },
};

export interface BuiltProbe {
  code: Uint8Array;
  /** Files that it was made of, from the project's folder on. */
  inputs: string[];
}

/**
 * The probe alone as one file, made of the sources: in a clone, and when the package is made. CommonJS, as Node's
 * single executables take no other.
 * @throws Error for what would be looked for beside the file
 */
export async function buildProbe(): Promise<BuiltProbe> {
  const { outputFiles, metafile, warnings } = await build({
    absWorkingDir: fileURLToPath(new URL('../..', import.meta.url)),
    entryPoints: ['harness/cli/probe-alone.ts'],
    plugins: [pacSandbox, ownVersion],
    ...{ bundle: true, minify: true, keepNames: true, write: false, metafile: true, legalComments: 'eof' },
    ...{ platform: 'node', format: 'cjs', target: 'node20.19', logLevel: 'silent' },
    banner: { js: '#!/usr/bin/env node' },
  });
  const [warning] = warnings;
  if (warning) throw new Error(`${warning.location?.file}:${warning.location?.line}: ${warning.text}`);
  return { code: outputFiles[0]?.contents ?? new Uint8Array(), inputs: Object.keys(metafile.inputs) };
}
