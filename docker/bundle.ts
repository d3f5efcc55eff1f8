import { readdir, readFile } from 'node:fs/promises';
import type { BundledFile } from './bundled-file.js';
import { ImageError } from './image-error.js';

let bundled: Promise<BundledFile[]> | undefined;

/**
 * The program that runs inside the containers, `agent.mjs` and what it loads. From a package it is there already; in a
 * clone it is made of the sources, once by a process.
 * @throws ImageError
 */
export function bundleAgent(): Promise<BundledFile[]> {
  bundled ??= bundle();
  return bundled;
}

async function bundle(): Promise<BundledFile[]> {
  const built = new URL('./program/', import.meta.url);
  if (import.meta.url.endsWith('.js')) {
    const names = (await readdir(built)).filter((name) => name.endsWith('.mjs'));
    return Promise.all(
      names.sort().map(async (name) => ({ name, contents: await readFile(new URL(name, built)) })),
    );
  }
  try {
    const { buildAgent } = await import('./build-agent.js');
    return await buildAgent();
  } catch (error) {
    throw new ImageError(`the program for the containers could not be built: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
