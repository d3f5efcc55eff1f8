import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Document, isCollection, isScalar, parseDocument, visit } from 'yaml';
import { combine, type Side } from '../../model/import/combine.js';
import type { Imported, ImportOptions } from '../../model/import/importer.js';
import { importerOf, importers } from '../../model/import/index.js';
import { parseSite } from '../../model/site/read.js';
import { readText, UnreadableError } from '../../model/site/read-text.js';
import { exitCodes } from './exit-codes.js';
import { UsageError } from './usage-error.js';

export interface ImportCommand extends ImportOptions {
  /** Whose firewalls the files are. */
  as?: Side | undefined;
  /** The site file that gets what was read; absent: standard output. */
  into?: string | undefined;
  json?: boolean | undefined;
}

/** Larger files are refused unread. Mebibytes. */
const largest = 20;
/** More lines that were not understood than this nobody reads on a terminal. */
const mostTold = 20;

interface ReadFile extends Imported {
  file: string;
  title: string;
  format: string;
}

/**
 * Makes a site of files that people have. Returns the exit code: 1 where something was not understood, which
 * the site then says as well.
 * @throws UsageError where a file is of no known format, or nothing of it was understood
 */
export async function importFiles(files: readonly string[], options: ImportCommand): Promise<number> {
  const read = await Promise.all(files.map((file) => importFile(file, options)));
  const [first = ''] = files;
  const site = combine(
    read,
    `Imported from ${files.map((file) => basename(file)).join(', ')}`.slice(0, 128),
    options.as,
  );
  if (Object.keys(site).length === 1)
    throw new UsageError(
      `nothing in ${files.join(', ')} is about what a connector does${options.as ? ` --as ${options.as}` : ''}; is it another machine's file?`,
    );
  const document = await documentFor(options.into, site);
  const text = document.toString({ lineWidth: 110 });
  parseSite(text, options.into ?? first);
  if (options.into !== undefined) await writeFile(options.into, text);
  const notUnderstood = read.flatMap((one) => one.notUnderstood);
  if (options.json)
    process.stdout.write(
      `${JSON.stringify({ files: read.map(({ file, format, understood }) => ({ file, format, understood })), notUnderstood, site }, null, 2)}\n`,
    );
  else {
    if (options.into === undefined) process.stdout.write(text);
    process.stderr.write(`${summary(read, options.into).join('\n')}\n`);
  }
  return notUnderstood.length === 0 ? exitCodes.ok : exitCodes.unexpected;
}

async function importFile(file: string, options: ImportCommand): Promise<ReadFile> {
  const text = await readText(file, { is: 'a file to import', ending: 'text', most: largest }).catch(
    (error: unknown) => {
      if (error instanceof UnreadableError) throw new UsageError(`${file}: ${error.message}`);
      throw error;
    },
  );
  const source = { file: basename(file), text: text.replace(/^\uFEFF/, '') };
  const importer = importerOf(source);
  if (!importer)
    throw new UsageError(
      `${file} is of no format that is known here: ${importers.map(({ title }) => title).join(', ')}`,
    );
  const imported = importer.read(source, options);
  if (imported.understood === 0)
    throw new UsageError(
      [`nothing of ${file}, read as ${importer.title}, was understood`, ...told(imported)].join('\n'),
    );
  return { ...imported, file, title: importer.title, format: importer.format };
}

/** The site file as it will be: what was read takes the place of what it says of the same. */
async function documentFor(into: string | undefined, site: object): Promise<Document> {
  if (into === undefined || !existsSync(into)) return compact(new Document(site));
  const document = parseDocument(await readFile(into, 'utf8'));
  for (const [key, value] of Object.entries(site))
    if (key !== 'site' || !document.has('site')) document.set(key, document.createNode(value));
  return compact(document);
}

/** Places and ports on one line, as people write them. */
function compact(document: Document): Document {
  visit(document, {
    Pair(_, { key, value }) {
      if (isScalar(key) && ['source', 'port', 'used-by'].includes(String(key.value)) && isCollection(value))
        value.flow = true;
    },
  });
  return document;
}

function summary(read: readonly ReadFile[], into: string | undefined): string[] {
  const count = read.reduce((sum, { notUnderstood }) => sum + notUnderstood.length, 0);
  return [
    ...read.flatMap((one) => [
      `${one.file} (${one.title}): ${one.understood} understood, ${one.notUnderstood.length} not`,
      ...told(one),
    ]),
    ...(count > 0
      ? ['What was not understood decides nothing in the site; `check` says what hangs on it.']
      : []),
    ...(into === undefined ? [] : [`Next: connector-lab check ${into}`]),
  ];
}

function told({ notUnderstood }: Imported): string[] {
  const rest = notUnderstood.length - mostTold;
  return [
    ...notUnderstood
      .slice(0, mostTold)
      .map(({ file, line, text, why }) => `  ${file}:${line}: ${text.slice(0, 160)}\n    ${why}`),
    ...(rest > 0 ? [`  and ${rest} more (--json has all)`] : []),
  ];
}
