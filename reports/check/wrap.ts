import wrapAnsi from 'wrap-ansi';
import { printable } from '../../model/evidence/printable.js';

/** Columns of the narrowest terminal that people still use. */
const columns = 80;

/** Text in lines of at most 80 columns, broken at spaces; a word longer than a line keeps its line. */
export function wrap(text: string, indent: string): string[] {
  return wrapAnsi(printable(text.replace(/\s+/g, ' ')), columns - indent.length)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => indent + line);
}
