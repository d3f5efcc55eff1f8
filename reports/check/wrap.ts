/** Columns of the narrowest terminal that people still use. */
const columns = 80;

/**
 * Text in lines of at most 80 columns, broken at spaces; a word longer than a line keeps its line.
 * What a terminal would take as a command is shown as a replacement character.
 */
export function wrap(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cs}\u200b-\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
    .split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > columns) {
      lines.push(indent + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, indent + line];
}
