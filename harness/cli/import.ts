import { basename, dirname, relative, sep } from 'node:path';
import { printable } from '../../model/evidence/printable.js';
import { combine, type Side } from '../../model/import/combine.js';
import type { ImportOptions } from '../../model/import/importer.js';
import { exitCodes } from './exit-codes.js';
import { type ReadFile, readFiles, told } from './import-file.js';
import { siteText, writeSite } from './site-to-write.js';
import { UsageError } from './usage-error.js';

export interface ImportCommand extends ImportOptions {
  /** Whose firewalls the files are. */
  as?: Side | undefined;
  /** The site file that gets what was read; absent: standard output. */
  into?: string | undefined;
  json?: boolean | undefined;
}

/**
 * Makes a site of files that people have. Returns the exit code: 1 where something was not understood, which
 * the site then says as well. Nothing is written where one of the files is refused.
 * @throws UsageError where a file is of no known format, or nothing of it was understood
 */
export async function importFiles(files: readonly string[], options: ImportCommand): Promise<number> {
  const read = await readFiles(files, options);
  const rules = combine(
    read,
    printable(`Imported from ${files.map((file) => basename(file)).join(', ')}`).slice(0, 128),
    options.as,
  );
  const lists = read.filter(({ isTagList }) => isTagList).map(({ file }) => seenFrom(options.into, file));
  const site = { ...rules, ...(lists.length > 0 && { 'service-tags': lists }) };
  if (Object.keys(site).length === 1)
    throw new UsageError(
      `nothing in ${files.join(', ')} is about what a connector does${options.as ? ` --as ${options.as}` : ''}; is it another machine's file?`,
    );
  const text = await siteText(site, options.into);
  if (options.into !== undefined) await writeSite(options.into, text);
  const notUnderstood = read.flatMap((one) => one.notUnderstood);
  if (options.json)
    process.stdout.write(
      `${JSON.stringify({ files: read.map(({ file, format, understood }) => ({ file, format, understood })), notUnderstood, site }, null, 2)}\n`,
    );
  else {
    if (options.into === undefined) process.stdout.write(text);
    process.stderr.write(`${summary(read, options.into).map(printable).join('\n')}\n`);
  }
  return notUnderstood.length === 0 ? exitCodes.ok : exitCodes.unexpected;
}

/** A file as a site file in another folder names it. */
function seenFrom(into: string | undefined, file: string): string {
  return relative(dirname(into ?? ''), file)
    .split(sep)
    .join('/');
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
