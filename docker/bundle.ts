import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ImageError } from './image-error.js';

/**
 * The program that runs inside the containers, as one file. From a package it is there already; in a
 * clone it is made of the sources.
 * @throws ImageError
 */
export async function bundleAgent(): Promise<Uint8Array> {
  const built = new URL('./agent.mjs', import.meta.url);
  if (import.meta.url.endsWith('.js')) return readFile(built);
  try {
    const { build } = await import('esbuild');
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL('./agent/main.ts', import.meta.url))],
      bundle: true,
      write: false,
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
    const [file] = outputFiles;
    if (!file) throw new Error('esbuild wrote nothing');
    return file.contents;
  } catch (error) {
    throw new ImageError(`the program for the containers could not be built: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
