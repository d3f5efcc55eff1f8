import { printable } from '../../model/evidence/printable.js';
import { exitCodes } from './exit-codes.js';
import { importSources, type ReadFile, readSources, told } from './import-file.js';
import { type FileOptions, siteOfFiles } from './site-of-files.js';
import { siteText, writeSite } from './site-to-write.js';

export interface ImportCommand extends FileOptions {
  json?: boolean | undefined;
}

/**
 * Makes a site of files that people have. Returns the exit code: 1 where something was not understood, which
 * the site then says as well. Nothing is written where one of the files is refused.
 * @throws UsageError where a file is of no known format, or nothing of it was understood
 */
export async function importFiles(files: readonly string[], options: ImportCommand): Promise<number> {
  const read = importSources(await readSources(files), options);
  const site = siteOfFiles(read, options);
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
