import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { type Edit, edited } from '../../model/patch/edit.js';
import { removeLink, replaceFile } from '../run/anew.js';
import { makeFolder } from '../run/output.js';
import type { NamedSource } from './import-file.js';
import { UsageError } from './usage-error.js';

/** Encodings of files that are read here, by the mark with which they begin. */
const marks = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
] as const;

/** A changed copy of a file. */
export interface PatchedFile {
  /** The file, as rules name it. */
  file: string;
  /** Where the copy is. */
  copy: string;
  /** Unified, as `git apply` and `patch -p1` take it. */
  diff: string;
}

/**
 * Writes a changed copy into a folder, in the encoding and with the line ends of the file.
 * @throws UsageError where that would be the file itself
 * @throws OutputError where it cannot be written
 */
export async function writePatched(
  { path, file }: NamedSource,
  edits: readonly Edit[],
  folder: string,
): Promise<PatchedFile> {
  const bytes = await readFile(path);
  const [encoding, mark] = marks.find(([, own]) => own.every((byte, at) => bytes[at] === byte)) ?? [
    'utf-8',
    [],
  ];
  const before = new TextDecoder(encoding).decode(bytes);
  const after = edited(before, edits);
  const copy = join(folder, file);
  if (resolve(copy) === resolve(path))
    throw new UsageError(`${path} would be written over itself: name another folder (--out)`);
  await makeOwnFolders(folder, dirname(file));
  await replaceFile(copy, Buffer.concat([Buffer.from(mark), encode(after, encoding)]));
  // In a patch the mark of UTF-8 is a character of the first line.
  const first = encoding === 'utf-8' && mark.length > 0 ? '\uFEFF' : '';
  return { file, copy, diff: unified(file, first + before, first + after) };
}

/** Folders below one, none of them a link that leads out of it. */
async function makeOwnFolders(folder: string, below: string): Promise<void> {
  let path = folder;
  for (const name of below.split('/')) {
    path = join(path, name);
    await removeLink(path);
    await makeFolder(path);
  }
}

function encode(text: string, encoding: (typeof marks)[number][0]): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8');
  const bytes = Buffer.from(text, 'utf16le');
  return encoding === 'utf-16be' ? bytes.swap16() : bytes;
}

/** A unified diff, as `git apply` takes it. */
export function unified(file: string, before: string, after: string): string {
  const text = createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, undefined, undefined, {
    context: 3,
  });
  // Its first line is a rule of equal signs, which patches do not have.
  return text.replace(/^=+\n/, '');
}
