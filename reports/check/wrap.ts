import wrapAnsi from 'wrap-ansi';
import { printable } from '../../model/evidence/printable.js';

/** Columns of the narrowest terminal that people still use. */
const columns = 80;
/** Lines of one list that fit on a screen. */
const most = 6;

/** Text in lines of at most 80 columns, broken at spaces; a word longer than a line keeps its line. */
export function wrap(text: string, indent: string): string[] {
  return wrapAnsi(printable(text.replace(/\s+/g, ' ')), columns - indent.length)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => indent + line);
}

/** As {@link wrap}, with all lines but the first under its text. */
export function hanging(text: string, indent: string): string[] {
  return wrap(text, `${indent}   `).map((line, index) =>
    index === 0 ? `${indent}${line.trimStart()}` : line,
  );
}

/** One thing about a request, below its heading; nothing where there is nothing to tell. */
export function item(name: string, text: string): string[] {
  return text === '' ? [] : wrap(`${name}: ${text}`, '   ');
}

/** As many lines of a list as fit on a screen. */
export function cut(lines: readonly string[]): string[] {
  const rest = lines.length - most;
  return [
    ...lines.slice(0, most).flatMap((line) => hanging(`- ${line}`, '  ')),
    ...(rest > 0 ? [`  - and ${rest} more, which the report has`] : []),
  ];
}

/** The first few of many: `a, b and 7 more`. */
export function some(all: readonly string[], most: number, where?: string): string {
  const rest = all.length - most;
  if (rest <= 0) return all.join(', ');
  return `${all.slice(0, most).join(', ')} and ${rest} more${where === undefined ? '' : ` (${where})`}`;
}
