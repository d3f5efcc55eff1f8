import { lstat, rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { OutputError } from './output-error.js';

/**
 * Writes a file in the place of what is there. Folders come from other people, in archives and repositories: through
 * a link that lies there under our name, something else would be written over.
 */
export async function writeAnew(file: string, content: string | Uint8Array, mode?: number): Promise<void> {
  await rm(file, { force: true });
  await writeFile(file, content, { flag: 'wx', ...(mode !== undefined && { mode }) });
}

/**
 * Puts a file in the place of what is there, a link too, at once and whole: a full disk leaves what was there.
 * `option`: what says where it goes.
 * @throws OutputError
 */
export async function replaceFile(
  file: string,
  content: string | Uint8Array,
  option?: string,
): Promise<void> {
  const partial = `${file}.partial`;
  // /dev/stdout is a link, and nobody's trap: it stays.
  const isOfSystem = ['/dev/', '/proc/'].some((root) => resolve(file).startsWith(root));
  try {
    if (isOfSystem) return await writeFile(file, content);
    await writeAnew(partial, content);
    await rename(partial, file);
  } catch (error) {
    if (!isOfSystem) await rm(partial, { force: true }).catch(() => {});
    throw new OutputError(file, error, '', option);
  }
}

/** Takes a link away from where something of our own is about to be; anything else stays. */
export async function removeLink(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found?.isSymbolicLink()) await rm(path);
}
