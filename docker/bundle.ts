import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ImageError } from './image-error.js';

export interface BundledFile {
  name: string;
  contents: Uint8Array;
}

/**
 * The program that runs inside the containers, `agent.mjs` and what it loads. From a package it is there already; in a
 * clone it is made of the sources.
 * @throws ImageError
 */
export async function bundleAgent(): Promise<BundledFile[]> {
  const built = new URL('./program/', import.meta.url);
  if (import.meta.url.endsWith('.js')) {
    const names = (await readdir(built)).filter((name) => name.endsWith('.mjs'));
    return Promise.all(
      names.sort().map(async (name) => ({ name, contents: await readFile(new URL(name, built)) })),
    );
  }
  try {
    const { build } = await import('esbuild');
    const { outputFiles } = await build({
      entryPoints: {
        agent: fileURLToPath(new URL('./agent/main.ts', import.meta.url)),
      },
      bundle: true,
      write: false,
      // What few machines need (mockttp) is loaded by those alone.
      splitting: true,
      outdir: 'out',
      outExtension: { '.js': '.mjs' },
      platform: 'node',
      format: 'esm',
      target: 'node22',
      minify: true,
      keepNames: true,
      legalComments: 'none',
      // Packages in CommonJS ask for built-in modules by require.
      banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
      logLevel: 'silent',
    });
    return outputFiles.map(({ path, contents }) => ({ name: basename(path), contents }));
  } catch (error) {
    throw new ImageError(`the program for the containers could not be built: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
