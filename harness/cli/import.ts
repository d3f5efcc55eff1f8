import { readFile } from 'node:fs/promises';
import { printable } from '../../model/evidence/printable.js';
import { exitCodes } from './exit-codes.js';
import { importSources, type ReadFile, readSources, told } from './import-file.js';
import { type FileOptions, siteOfFiles } from './site-of-files.js';
import { siteText, writeSite } from './site-to-write.js';

export interface ImportCommand extends FileOptions {
  json?: boolean | undefined;
  /** Write nothing: say whether the site is as the files say. */
  check?: true;
}

/**
 * Makes a site of files that people have. Returns the exit code: 1 where something was not understood, which
 * the site then says as well; with `check` only where the site is not as its files say, or where there is
 * no site. Nothing is written where one of the files is refused.
 * @throws UsageError where a file is of no known format, or nothing of it was understood
 */
export async function importFiles(files: readonly string[], options: ImportCommand): Promise<number> {
  const read = importSources(await readSources(files), options);
  const site = siteOfFiles(read, options);
  const text = await siteText(site, options.into);
  const differs = options.check && options.into !== undefined && (await differenceIn(options.into, text));
  if (options.into !== undefined && !options.check) await writeSite(options.into, text);
  const notUnderstood = read.flatMap((one) => one.notUnderstood);
  if (options.json)
    process.stdout.write(
      `${JSON.stringify({ files: read.map(({ file, format, understood }) => ({ file, format, understood })), notUnderstood, site, ...(differs && { differs }) }, null, 2)}\n`,
    );
  else {
    if (options.into === undefined && !options.check) process.stdout.write(text);
    const next = options.check ? undefined : options.into;
    const lines = [...summary(read, next), ...(differs ? [differs] : [])];
    process.stderr.write(`${lines.map(printable).join('\n')}\n`);
  }
  if (options.check && options.into !== undefined) return differs ? exitCodes.unexpected : exitCodes.ok;
  return notUnderstood.length === 0 ? exitCodes.ok : exitCodes.unexpected;
}

/** Where a site file is not what an import would make of it, in words; undefined: it is. */
async function differenceIn(into: string, text: string): Promise<string | undefined> {
  const now = await readFile(into, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (now === undefined) return `${into} is not there: the same import without --check writes it`;
  const [lines, wanted] = [now, text].map((one) => one.split(/\r?\n/)) as [string[], string[]];
  const at = wanted.findIndex((line, index) => line !== lines[index]);
  if (at < 0 && lines.length === wanted.length) return undefined;
  const first = at < 0 ? wanted.length : at;
  return `${into}:${first + 1}: is ${quoted(lines[first])}, and of the files comes ${quoted(wanted[first])}: the same import without --check writes it`;
}

function quoted(line: string | undefined): string {
  return line === undefined ? 'the end' : JSON.stringify(line.trim());
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
