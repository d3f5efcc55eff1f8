import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { BundledFile } from './bundled-file.js';
import { ImageError } from './image-error.js';

/** Eight megabytes, of which most is mockttp, are two: few who install the package ever build the image. */
const packed = '.gz';

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
    const names = (await readdir(built)).filter((name) => name.endsWith(packed));
    return Promise.all(
      names.sort().map(async (name) => ({
        name: name.slice(0, -packed.length),
        contents: gunzipSync(await readFile(new URL(name, built))),
      })),
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

/** Puts the program beside the compiled modules, where {@link bundleAgent} looks for it. */
export async function packAgent(files: readonly BundledFile[], folder: URL): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { name, contents } of files)
    await writeFile(new URL(`${name}${packed}`, folder), gzipSync(contents, { level: 9 }));
}
