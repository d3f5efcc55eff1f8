import { open, readdir, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { nearest } from '../requirements/nearest.js';

/** A file that cannot be read as text; the message says why. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
}

const mebibyte = 1024 * 1024;

/** Text of a file: UTF-8, or UTF-16 with its mark, as Windows writes it. `what`: what it should be; `most`: mebibytes that it may have. @throws UnreadableError */
export async function readText(
  file: string,
  what: { is: string; ending: string; most: number },
): Promise<string> {
  try {
    // Opening a pipe that nobody writes to, or reading a device, would never end.
    const found = await stat(file);
    if (found.isDirectory())
      throw new UnreadableError(`is a folder, not ${what.is}; name a ${what.ending} file in it`);
    if (!found.isFile()) throw new UnreadableError('is a pipe or device, not a file');
    if (found.size > what.most * mebibyte)
      throw new UnreadableError(
        `is ${(found.size / mebibyte).toFixed(1)} MiB; ${what.is} may have ${what.most} MiB at most`,
      );
    await using handle = await open(file, 'r');
    const bytes = await handle.readFile();
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof UnreadableError) throw error;
    const words = whyUnreadable(error);
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UnreadableError(isMissing ? `${words}${await nearBy(file)}` : words, { cause: error });
  }
}

/** What the system says of a file that it does not give, in words. */
export function whyUnreadable(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return wordsFor(code) ?? `cannot be read: ${message}`;
}

/** The file beside it that may be meant. */
async function nearBy(file: string): Promise<string> {
  const there = await readdir(dirname(file)).catch(() => []);
  const near = nearest(basename(file), there);
  return near === undefined ? '' : `; did you mean ${near}?`;
}

/** PowerShell's `>` and `reg export` write UTF-16. */
function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

function wordsFor(code: string | undefined): string | undefined {
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'no permission to read it';
  return code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
    ? 'is not text (UTF-8 or UTF-16); save it as UTF-8'
    : undefined;
}
