import { lstat, rm, writeFile } from 'node:fs/promises';

/**
 * Writes a file in the place of what is there. Folders come from other people, in archives and repositories: through
 * a link that lies there under our name, something else would be written over.
 */
export async function writeAnew(file: string, content: string | Uint8Array, mode?: number): Promise<void> {
  await rm(file, { force: true });
  await writeFile(file, content, { flag: 'wx', ...(mode !== undefined && { mode }) });
}

/** Takes a link away from where something of our own is about to be; anything else stays. */
export async function removeLink(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found?.isSymbolicLink()) await rm(path);
}
