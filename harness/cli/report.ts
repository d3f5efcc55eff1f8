import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { notRecorded } from '../../model/verdict/earlier/site-of-today.js';
import { citedEvidence, judgeLog } from '../../model/verdict/judge-log.js';
import { MergeError, mergeLogs } from '../../model/verdict/merge.js';
import { readLog } from '../../model/verdict/read-log.js';
import { ResultsFileError } from '../../model/verdict/results-file-error.js';
import { type LogLine, linesOf, type RunLog } from '../../model/verdict/run-log.js';
import { findBrowser } from '../../reports/pdf/find-browser.js';
import { pdfOf } from '../../reports/pdf/pdf.js';
import { replaceFile } from '../run/anew.js';
import { Output } from '../run/output.js';
import { announce } from './announce.js';
import { artefacts } from './artefacts.js';
import { type BaselineFlags, comparison } from './baseline.js';
import { closingLines, exitCodeOf } from './closing.js';
import { UsageError } from './usage-error.js';

export interface ReportFlags extends BaselineFlags {
  out?: string;
  github?: true;
  json?: true;
  pdf?: string;
}

const defaultOut = 'connector-lab-out';

/** `connector-lab report RESULTS…`: judges logs again, merges them, and writes everything made from them. */
export async function report(places: readonly string[], flags: ReportFlags): Promise<number> {
  const browser = flags.pdf === undefined ? undefined : findBrowser(process.env);
  const folders = await Promise.all((places.length > 0 ? places : [defaultOut]).map(folderOf));
  const [only, ...others] = folders;
  const out = flags.out ?? (only !== undefined && others.length === 0 ? only : defaultOut);
  const inPlace = others.length === 0 && resolve(out) === resolve(only ?? out);
  if (!inPlace && folders.some((folder) => resolve(folder) === resolve(out)))
    throw new MergeError(`${out} is merged itself; name another folder with --out`);
  const read = await Promise.all(folders.map(async (name) => ({ name, ...(await readLog(name)) })));
  const log = mergeLogs(read);
  for (const { file, log: one } of read) refuseEarlierSites(file, one);
  const judged = judgeLog(log);
  const selected = judged.scenarios.map(({ id }) => id);
  const { compare, finish } = await comparison(flags, { selected });
  const results = compare(judged);
  for (const { file, left } of read)
    if (left) process.stderr.write(`${file} is of a run that did not end: this report is partial.\n`);
  await using output = inPlace ? Output.again(out) : await Output.open(out);
  if (!inPlace) {
    await copyLog(log, output);
    for (const { name } of read) await output.copyCaptures(name);
  }
  await output.writeResults(results, citedEvidence(results, log.repetitions), artefacts);
  await output.commit();
  if (browser !== undefined && flags.pdf !== undefined)
    await replaceFile(flags.pdf, await pdfOf(browser, join(out, 'report.html')), '--pdf');
  const more = await finish();
  if (flags.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  else process.stdout.write(`${closingLines(results, out, more).join('\n')}\n`);
  await announce(results, flags);
  return exitCodeOf(results);
}

/** @throws ResultsFileError for a check whose site an earlier version wrote */
function refuseEarlierSites(file: string, log: RunLog): void {
  const places = notRecorded(log);
  if (places.length === 0) return;
  const first = places.slice(0, 2).join(', ');
  const more = places.length > 2 ? ` and ${places.length - 2} more` : '';
  throw new ResultsFileError(
    file,
    `an earlier version wrote it: ${first}${more} of its site are not recorded, so it is not judged again; its report.html says what was seen then, and check judges the site file anew`,
  );
}

/** In pieces: a line at a time is slow, and a long log is longer than a string may be. */
async function copyLog(log: RunLog, output: Output): Promise<void> {
  const piece: LogLine[] = [];
  for (const line of linesOf(log)) if (piece.push(line) === 1000) await output.append(piece.splice(0));
  await output.append(piece);
}

/** People name the folder, or the file of results in it. @throws UsageError */
async function folderOf(place: string): Promise<string> {
  const found = await stat(place).catch(() => undefined);
  if (!found?.isFile()) return place;
  if (/^(results\.json|events\.jsonl)$/.test(basename(place))) return dirname(place);
  throw new UsageError(`${place} is a file; name the folder that run wrote, or the results.json in it`);
}
