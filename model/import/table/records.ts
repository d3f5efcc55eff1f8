import { CsvError, parse } from 'csv-parse/sync';
import { withoutStacks } from '../../evidence/without-stacks.js';
import type { NotUnderstood } from '../importer.js';

/** Characters in one record; a quote that nobody closes would take the rest of the file. */
const longestRecord = 100_000;
/** Lines by which a table is known. */
const firstLines = 20;

export interface TableRecord {
  cells: string[];
  /** From 1. */
  line: number;
  lastLine: number;
}

/** Records of a table with their lines; why there are none goes into the list. */
export function recordsOf(
  file: string,
  text: string,
  delimiter: string,
  notUnderstood: NotUnderstood[],
): TableRecord[] {
  const records: TableRecord[] = [];
  const tooLong = text.split(/\r\n?|\n/).findIndex((one) => one.length > longestRecord);
  if (tooLong >= 0) {
    const why = `no table: a line of more than ${longestRecord} characters`;
    notUnderstood.push({ file, line: tooLong + 1, text: '', why });
    return [];
  }
  try {
    let line = 1;
    // With `info`, `lines` is the last line of a record: the next one begins behind it.
    const parsed = withoutStacks(() =>
      parse(text, {
        ...{ bom: true, info: true, relax_quotes: true, relax_column_count: true, skip_empty_lines: false },
        delimiter,
        record_delimiter: ['\r\n', '\n', '\r'],
        max_record_size: longestRecord,
      }),
    ) as unknown as { record: string[]; info: { lines: number } }[];
    for (const { record, info } of parsed) {
      records.push({ cells: record, line, lastLine: info.lines });
      line = info.lines + 1;
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    notUnderstood.push({
      file,
      line: records.length + 1,
      text: error.code,
      why: `no table: ${error.message.slice(0, 200)}`,
    });
  }
  return records;
}

/**
 * The delimiter of which most lines have as many as the line before, so that commas within cells count for
 * less than what stands between these.
 */
export function delimiterOf(text: string): string {
  const [, told] = /^\uFEFF?sep=([;,\t])/i.exec(text) ?? [];
  if (told !== undefined) return told;
  const lines = text
    .split('\n', firstLines)
    .map((line) => line.replaceAll(/"[^"]*"/g, ''))
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const evenness = (one: string) => {
    const counts = lines.map((line) => line.split(one).length - 1);
    const even = counts.filter(
      (count) => count > 0 && counts.filter((other) => other === count).length * 2 > counts.length,
    );
    return { even: even.length, all: counts.reduce((sum, count) => sum + count, 0) };
  };
  return [';', '\t', ',']
    .map((one) => ({ one, ...evenness(one) }))
    .reduce((best, next) =>
      next.even > best.even || (next.even === best.even && next.all > best.all) ? next : best,
    ).one;
}
