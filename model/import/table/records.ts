import { CsvError, parse } from 'csv-parse/sync';
import { withoutStacks } from '../../evidence/without-stacks.js';
import type { NotUnderstood } from '../importer.js';
import { hostsOf } from './words.js';

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
      if (!isRuler(record)) records.push({ cells: record, line, lastLine: info.lines });
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

/** What stands below the head of a table of Markdown: `|---|:---:|`. */
function isRuler(cells: readonly string[]): boolean {
  const told = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  return told.length > 1 && told.every((cell) => /^:?-{2,}:?$/.test(cell));
}

/** Whether a text without the name of a table is one between strokes, or a list of hosts, one a line. */
export function looksLikeTable(text: string): boolean {
  const lines = text
    .split('\n', firstLines)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const isHost = (line: string) => {
    const { hosts, texts } = hostsOf(line);
    return hosts.length > 0 && hosts.length === texts.length && /[a-z]/i.test(line);
  };
  const most = (is: (line: string) => boolean) =>
    lines.length > 1 && lines.filter(is).length * 2 > lines.length;
  return most((line) => /[^|]\|[^|]/.test(line)) || most(isHost);
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
  return [';', '\t', ',', '|']
    .map((one) => ({ one, ...evenness(one) }))
    .reduce((best, next) =>
      next.even > best.even || (next.even === best.even && next.all > best.all) ? next : best,
    ).one;
}
