import { open } from 'node:fs/promises';
import { type Document, isNode, LineCounter, parseAllDocuments, visit } from 'yaml';
import type { z } from 'zod';
import { completeSite } from './complete.js';
import { crossCheck, type Placed } from './cross-check.js';
import { wordsFor } from './issue-words.js';
import { type Site, type SiteInput, siteSchema } from './schema.js';
import { type Problem, SiteFileError } from './site-file-error.js';

/** Larger files are refused unread: no site needs a tenth of it. Bytes. */
const largest = 1024 * 1024;
/** Aliases in a file may stand for this many nodes together; more is an attack ("billion laughs"). */
const mostAliases = 100;
/** Tags of YAML's own core; all others ask for something to be run or made. */
const plainTag = /^tag:yaml\.org,2002:(map|seq|str|null|bool|int|float)$/;

/**
 * Reads a site file: YAML, and so JSON too. All problems are told at once, with line and column.
 * @throws SiteFileError
 */
export async function readSite(file: string): Promise<Site> {
  return parseSite(await readText(file), file);
}

async function readText(file: string): Promise<string> {
  const refuse = (message: string, cause?: unknown) => new SiteFileError(file, [{ message }], { cause });
  try {
    await using handle = await open(file, 'r');
    const stat = await handle.stat();
    if (stat.isDirectory()) throw refuse('is a folder, not a site file; name a .yaml file in it');
    if (stat.size > largest)
      throw refuse(`is ${(stat.size / largest).toFixed(1)} MiB; a site file may have 1 MiB at most`);
    const bytes = await handle.readFile();
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof SiteFileError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw refuse('there is no such file', error);
    if (code === 'EISDIR') throw refuse('is a folder, not a site file; name a .yaml file in it', error);
    if (code === 'EACCES' || code === 'EPERM') throw refuse('no permission to read it', error);
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw refuse('is not text (UTF-8)', error);
    throw refuse(`cannot be read: ${message}`, error);
  }
}

/** As {@link readSite}, for text at hand; `file` is only named in errors. @throws SiteFileError */
export function parseSite(text: string, file: string): Site {
  const lines = new LineCounter();
  const document = parseYaml(text, file, lines);
  const place = (path: readonly PropertyKey[]) => placeOf(document, lines, path);
  const fail = (placed: readonly Placed[]) =>
    new SiteFileError(
      file,
      placed.map(({ path, message }): Problem => ({ ...place(path), path: pathInWords(path), message })),
    );
  const value = toValue(document, file);
  const parsed = siteSchema.safeParse(value);
  if (!parsed.success)
    throw fail(parsed.error.issues.flatMap((issue) => wordsFor(issue as z.core.$ZodIssue, value)));
  const placed = crossCheck(parsed.data);
  if (placed.length > 0) throw fail(placed);
  return completeSite(value as SiteInput);
}

function parseYaml(text: string, file: string, lineCounter: LineCounter): Document {
  const documents = parseAllDocuments(text, { lineCounter, uniqueKeys: true, merge: false });
  if (!Array.isArray(documents) || documents.length === 0)
    throw new SiteFileError(file, [{ message: 'is empty; a site file begins with "site: <name>"' }]);
  const [document, second] = documents;
  if (second || !document)
    throw new SiteFileError(file, [{ message: 'holds several documents ("---"); a site file holds one' }]);
  const problems = document.errors.map(({ pos, message }): Problem => {
    const { line, col } = lineCounter.linePos(pos[0]);
    return { line, column: col, message: message.split('\n')[0]?.replace(/ at line .*$/, '') ?? message };
  });
  visit(document, {
    Node(_, node) {
      if (node.tag && !plainTag.test(node.tag) && node.range) {
        const { line, col } = lineCounter.linePos(node.range[0]);
        problems.push({ line, column: col, message: `the tag ${node.tag} is not allowed in a site file` });
      }
    },
  });
  if (problems.length > 0) throw new SiteFileError(file, problems);
  return document;
}

function toValue(document: Document, file: string): unknown {
  try {
    const value: unknown = document.toJS({ maxAliasCount: mostAliases });
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value;
  } catch (error) {
    const message = 'its aliases stand for too many nodes; write them out';
    throw new SiteFileError(file, [{ message }], { cause: error });
  }
  throw new SiteFileError(file, [
    { line: 1, column: 1, message: 'a site file is a mapping that begins with "site: <name>"' },
  ]);
}

/** The place of the deepest part of a path that is in the file. */
function placeOf(
  document: Document,
  lines: LineCounter,
  path: readonly PropertyKey[],
): Pick<Problem, 'line' | 'column'> {
  for (let length = path.length; length > 0; length--) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    const items = (parent as { items?: unknown[] } | null)?.items ?? [];
    const pair = items.find((item) => (item as { key?: { value?: unknown } }).key?.value === key) as
      | { key?: unknown }
      | undefined;
    const node = pair?.key ?? document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) {
      const { line, col } = lines.linePos(node.range[0]);
      return { line, column: col };
    }
  }
  return { line: 1, column: 1 };
}

function pathInWords(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index ? '.' : ''}${String(part)}`))
    .join('');
}
